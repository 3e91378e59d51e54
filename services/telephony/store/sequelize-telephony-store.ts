import type { Sequelize } from 'sequelize';
import { column } from '#platform';
import type { AgentLogRow, AgentSession } from '../domain/agent-session';
import type { Call, Custody, Entry, Leg, Offer, Queue, StoredCommand, StoredEvent } from '../domain/call';
import type { CallbackAttempt, CallbackTask } from '../domain/callback-task';
import { createBrokenInvariants } from './broken-invariants';
import { defineTable } from './table';
import type { TelephonyStore } from './telephony-store';

const callTable = (sequelize: Sequelize) =>
  defineTable<Call>(sequelize, 'phone_call', {
    columns: {
      id: column.id(),
      queueId: column.ref(),
      adapter: column.code(20),
      extCall: column.code(80),
      direction: column.code(10),
      state: column.code(20),
      outcome: column.codeOrNull(20),
      overflowKind: column.codeOrNull(20),
      taskId: column.refOrNull(),
      ticketId: column.refOrNull(),
      draftAgentId: column.refOrNull(),
      numberSealed: column.codeOrNull(400),
      numberHash: column.codeOrNull(64),
      numberKind: column.code(10),
      dialled: column.code(40),
      addressHash: column.codeOrNull(64),
      agentId: column.refOrNull(),
      recordingId: column.refOrNull(),
      arrivedAt: column.instant(),
      enqueuedAt: column.instantOrNull(),
      firstRingAt: column.instantOrNull(),
      answeredAt: column.instantOrNull(),
      connectedAt: column.instantOrNull(),
      heldAt: column.instantOrNull(),
      holdMs: column.big(),
      hangupAt: column.instantOrNull(),
      hangupBy: column.codeOrNull(10),
      wrapExtensions: column.number(),
      closedAt: column.instantOrNull(),
      mediaFailures: column.number(),
      requeues: column.number(),
      version: column.number(),
    },
    codec: {
      instants: ['arrivedAt', 'enqueuedAt', 'firstRingAt', 'answeredAt', 'connectedAt', 'heldAt', 'hangupAt', 'closedAt'],
      numbers: ['holdMs'],
    },
  });

const legTable = (sequelize: Sequelize) =>
  defineTable<Leg>(sequelize, 'call_leg', {
    columns: {
      id: column.id(),
      callId: column.ref(),
      party: column.code(10),
      agentId: column.refOrNull(),
      state: column.code(10),
      cause: column.codeOrNull(20),
      epoch: column.number(),
      tokenHash: column.codeOrNull(64),
      resumeHash: column.codeOrNull(64),
      nextResumeHash: column.codeOrNull(64),
      seenAt: column.instantOrNull(),
      mediaOkAt: column.instantOrNull(),
      createdAt: column.instant(),
      upAt: column.instantOrNull(),
      endedAt: column.instantOrNull(),
      version: column.number(),
    },
    codec: { instants: ['seenAt', 'mediaOkAt', 'createdAt', 'upAt', 'endedAt'] },
  });

const queueTables = (sequelize: Sequelize) => ({
  queues: defineTable<Queue>(sequelize, 'acd_queue', {
    columns: { id: column.id(), name: column.code(80), settings: column.text(), version: column.number() },
    codec: {},
  }),
  custodies: defineTable<Custody>(sequelize, 'call_custody', {
    columns: { callId: column.id(), holder: column.code(20), ref: column.refOrNull(), since: column.instant(), deadline: column.instant() },
    codec: { instants: ['since', 'deadline'] },
  }),
  entries: defineTable<Entry>(sequelize, 'acd_entry', {
    columns: {
      id: column.id(),
      callId: column.ref(),
      queueId: column.ref(),
      lane: column.code(10),
      enqueuedAt: column.instant(),
      boost: column.number(),
      prefAgent: column.refOrNull(),
      excluded: column.text(),
      state: column.code(10),
      version: column.number(),
    },
    codec: { instants: ['enqueuedAt'], json: ['excluded'] },
  }),
  offers: defineTable<Offer>(sequelize, 'acd_offer', {
    columns: {
      id: column.id(),
      callId: column.ref(),
      agentId: column.ref(),
      state: column.code(10),
      why: column.code(20),
      offeredAt: column.instant(),
      expiresAt: column.instant(),
      endedAt: column.instantOrNull(),
      liveCallId: column.refOrNull(),
      liveAgentId: column.refOrNull(),
    },
    codec: { instants: ['offeredAt', 'expiresAt', 'endedAt'] },
  }),
});

const agentTables = (sequelize: Sequelize) => ({
  sessions: defineTable<AgentSession>(sequelize, 'agent_session', {
    columns: {
      agentId: column.id(),
      name: column.code(80),
      orgId: column.ref(),
      state: column.code(10),
      since: column.instant(),
      idleSince: column.instantOrNull(),
      reason: column.codeOrNull(60),
      plannedUntil: column.instantOrNull(),
      pendingState: column.codeOrNull(10),
      pendingReason: column.codeOrNull(60),
      deviceOk: column.flag(),
      heartbeatAt: column.instantOrNull(),
      epoch: column.number(),
      callId: column.refOrNull(),
      lastRejectAt: column.instantOrNull(),
      version: column.number(),
    },
    codec: { instants: ['since', 'idleSince', 'plannedUntil', 'heartbeatAt', 'lastRejectAt'], flags: ['deviceOk'] },
  }),
  agentLog: defineTable<AgentLogRow>(sequelize, 'agent_state_log', {
    columns: {
      id: column.id(),
      agentId: column.ref(),
      no: column.number(),
      state: column.code(10),
      reason: column.codeOrNull(60),
      fromAt: column.instant(),
      untilAt: column.instantOrNull(),
    },
    codec: { instants: ['fromAt', 'untilAt'] },
  }),
});

const taskTables = (sequelize: Sequelize) => ({
  tasks: defineTable<CallbackTask>(sequelize, 'callback_task', {
    columns: {
      id: column.id(),
      kind: column.code(20),
      state: column.code(10),
      callId: column.ref(),
      numberSealed: column.code(400),
      numberHash: column.code(64),
      openHash: column.codeOrNull(64),
      calls: column.number(),
      ticketId: column.refOrNull(),
      attempts: column.number(),
      lastResult: column.codeOrNull(20),
      dueAt: column.instant(),
      claimedBy: column.refOrNull(),
      claimedByName: column.codeOrNull(80),
      createdAt: column.instant(),
      closedAt: column.instantOrNull(),
      closedBy: column.refOrNull(),
      version: column.number(),
    },
    codec: { instants: ['dueAt', 'createdAt', 'closedAt'] },
  }),
  attempts: defineTable<CallbackAttempt>(sequelize, 'callback_attempt', {
    columns: {
      id: column.id(),
      taskId: column.ref(),
      agentId: column.ref(),
      result: column.code(20),
      noteSealed: column.textOrNull(),
      at: column.instant(),
    },
    codec: { instants: ['at'] },
  }),
});

const carrierTables = (sequelize: Sequelize) => ({
  events: defineTable<StoredEvent>(sequelize, 'tel_event', {
    columns: {
      adapter: { ...column.code(20), primaryKey: true },
      eventId: { ...column.code(120), primaryKey: true },
      callId: column.refOrNull(),
      legId: column.refOrNull(),
      kind: column.code(20),
      detail: column.text(),
      applied: column.flag(),
      at: column.instant(),
      receivedAt: column.instant(),
    },
    codec: { instants: ['at', 'receivedAt'], flags: ['applied'] },
  }),
  commands: defineTable<StoredCommand>(sequelize, 'tel_command', {
    columns: {
      id: column.id(),
      callId: column.ref(),
      adapter: column.code(20),
      kind: column.code(20),
      detail: column.text(),
      state: column.code(10),
      attempts: column.number(),
      nextAt: column.instant(),
      at: column.instant(),
    },
    codec: { instants: ['nextAt', 'at'] },
  }),
});

export const createSequelizeTelephonyStore = (sequelize: Sequelize): TelephonyStore => ({
  calls: callTable(sequelize),
  legs: legTable(sequelize),
  ...queueTables(sequelize),
  ...agentTables(sequelize),
  ...taskTables(sequelize),
  ...carrierTables(sequelize),
  brokenInvariants: createBrokenInvariants(sequelize),
});
