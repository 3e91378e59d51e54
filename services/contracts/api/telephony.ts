import { z } from 'zod';
import { agentChoices, type AgentChoice, agentStateLifecycle } from '../lifecycles/agent-state.lifecycle';
import { callLifecycle, callOutcomes, overflowKinds } from '../lifecycles/call.lifecycle';
import { callbackKinds, callbackTaskLifecycle } from '../lifecycles/callback-task.lifecycle';
import { oneOf } from './one-of';
import { id, pageOf, pageQuery, phone, text } from './text';

const when = z.string().describe('ISO 8601，含 +08:00');
const callState = oneOf(callLifecycle.states);
const agentState = oneOf(agentStateLifecycle.states);

export const StartCall = z.strictObject({
  /** Where to ring back if the line breaks; may be left out. */
  phone: phone.optional(),
  /** The citizen has read 通话可能被录音 and how the number is used. */
  consent: z.literal(true, { error: '请先阅读并同意通话须知' }),
  /** Which hotline was dialled, such as 12345 or 12315. */
  dialled: z
    .string()
    .regex(/^\d{3,8}$/)
    .default('12345'),
});
export const StartedCall = z.object({
  callId: z.string(),
  legId: z.string(),
  token: z.string(),
  resumeToken: z.string(),
  canBeCalledBack: z.boolean(),
});
export type StartedCallView = z.infer<typeof StartedCall>;

export const QueueOverview = z.object({
  waiting: z.int(),
  longestWaitSeconds: z.int(),
  ringing: z.int(),
  talking: z.int(),
  agents: z.record(z.string(), z.int()),
  signedIn: z.int(),
  openCallbackTasks: z.int(),
  today: z.object({
    offered: z.int().describe('人工请求呼入 = 接通 + 放弃 + 溢出'),
    answered: z.int(),
    abandoned: z.int(),
    shortAbandoned: z.int().describe('5 秒内放弃，已含在放弃内'),
    overflow: z.int(),
    answeredIn15Seconds: z.int(),
    answerRate: z.number().nullable(),
    serviceLevel15: z.number().nullable(),
    averageWaitSeconds: z.number().nullable(),
    longestWaitSeconds: z.int(),
  }),
  at: when,
});
export type QueueOverviewView = z.infer<typeof QueueOverview>;

export const ChangeAgentState = z.strictObject({
  state: oneOf(agentChoices),
  reason: text(60).optional(),
  plannedMinutes: z.int().min(1).max(240).optional(),
});

export const CallSummary = z.object({
  id: z.string(),
  state: callState,
  stateLabel: z.string(),
  outcome: oneOf(callOutcomes).nullable(),
  overflowKind: oneOf(overflowKinds).nullable(),
  direction: z.enum(['INBOUND', 'OUTBOUND']),
  number: z.string().nullable().describe('脱敏号码'),
  dialled: z.string(),
  agentId: z.string().nullable(),
  agentName: z.string().nullable(),
  ticketId: z.string().nullable(),
  taskId: z.string().nullable(),
  arrivedAt: when,
  answeredAt: when.nullable(),
  connectedAt: when.nullable(),
  heldAt: when.nullable(),
  hangupAt: when.nullable(),
  closedAt: when.nullable(),
  waitSeconds: z.int(),
  talkSeconds: z.int(),
  holdSeconds: z.int(),
  hangupBy: z.enum(['CITIZEN', 'AGENT', 'SYSTEM', 'LOST']).nullable(),
  version: z.int(),
});
export type CallSummaryView = z.infer<typeof CallSummary>;

export const AgentSessionView = z.object({
  agentId: z.string(),
  name: z.string(),
  state: agentState,
  stateLabel: z.string(),
  since: when,
  reason: z.string().nullable(),
  plannedUntil: when.nullable(),
  pendingState: z.enum(Object.keys(agentChoices) as [AgentChoice, ...AgentChoice[]]).nullable(),
  deviceOk: z.boolean(),
  phoneConnected: z.boolean(),
  epoch: z.int(),
  /** Rings, runs or is written up at this seat. */
  call: CallSummary.nullable(),
  offer: z.object({ callId: z.string(), offeredAt: when, expiresAt: when, why: z.string() }).nullable(),
  wrapUpUntil: when.nullable(),
  at: when,
});
export type AgentSessionAnswer = z.infer<typeof AgentSessionView>;

export const CallParams = z.strictObject({ id });
export const WrapUp = z.strictObject({ action: z.enum(['done', 'extend']) });

export const CallListQuery = z.strictObject({
  ...pageQuery,
  state: callState.optional(),
  outcome: oneOf(callOutcomes).optional(),
  mine: z.enum(['true', 'false']).optional(),
  ticketId: id.optional(),
});
export const CallPage = pageOf(CallSummary);

export const CallerCard = z.object({
  callId: z.string(),
  number: z.string().nullable(),
  numberKind: z.string(),
  dialled: z.string(),
  ticketId: z.string().nullable(),
  repeat24Hours: z.int(),
  repeat30Days: z.int(),
  openCallbackTask: z.boolean(),
  hasSecretMatter: z.boolean(),
  secretNotice: z.string().nullable(),
  openTickets: z.array(z.object({ id: z.string(), number: z.string(), title: z.string(), status: z.string(), statusLabel: z.string(), at: when })),
  otherTickets: z.array(z.object({ id: z.string(), number: z.string(), title: z.string(), status: z.string(), statusLabel: z.string(), at: when })),
  lastContacts: z.array(z.object({ callId: z.string(), at: when, outcome: z.string().nullable(), ticketId: z.string().nullable(), talkSeconds: z.int() })),
});
export type CallerCardView = z.infer<typeof CallerCard>;

export const CallbackTaskView = z.object({
  id: z.string(),
  kind: oneOf(callbackKinds),
  kindLabel: z.string(),
  state: oneOf(callbackTaskLifecycle.states),
  stateLabel: z.string(),
  callId: z.string(),
  ticketId: z.string().nullable(),
  number: z.string(),
  calls: z.int(),
  attempts: z.int(),
  lastResult: z.string().nullable(),
  dueAt: when,
  overdue: z.boolean(),
  claimedBy: z.string().nullable(),
  claimedByName: z.string().nullable(),
  createdAt: when,
  closedAt: when.nullable(),
  closedBy: z.string().nullable(),
  version: z.int(),
  moves: z.array(
    z.object({
      action: z.string(),
      label: z.string(),
      ok: z.boolean(),
      unmet: z.array(z.object({ guard: z.string(), message: z.string() })),
      needs: z.array(z.string()),
      takes: z.array(z.string()),
    }),
  ),
});
export type CallbackTaskAnswer = z.infer<typeof CallbackTaskView>;

export const CallbackTaskListQuery = z.strictObject({
  ...pageQuery,
  state: oneOf(callbackTaskLifecycle.states).optional(),
  mine: z.enum(['true', 'false']).optional(),
});
export const CallbackTaskPage = pageOf(CallbackTaskView);
export const CallbackMoveParams = z.strictObject({ id, action: z.string().regex(/^[A-Za-z]{2,20}$/) });
/** Which of the fields an action needs or takes is said by its lifecycle table. */
export const CallbackMove = z.strictObject({
  result: callbackTaskLifecycle.fields.result.schema.optional(),
  note: callbackTaskLifecycle.fields.note.schema.optional(),
  reason: callbackTaskLifecycle.fields.reason.schema.optional(),
  ticketId: callbackTaskLifecycle.fields.ticketId.schema.optional(),
});
/** rules §11.2: plain view with a reason, audited. */
export const RevealNumber = z.strictObject({ purpose: text(200, 2) });
export const RevealedNumber = z.object({ number: z.string() });
