import type { CallSummaryView } from '#contracts/api/telephony';
import { callLifecycle } from '#contracts/lifecycles/call.lifecycle';
import { toShanghaiIso } from '#kernel';
import type { FieldCrypto } from '#platform';
import type { Call } from '../domain/call';
import { maskNumber } from '../domain/phone-number';

export const isoOrNull = (at: Date | null): string | null => (at === null ? null : toShanghaiIso(at));

export const maskedNumber = (crypto: FieldCrypto, sealed: string | null): string | null => (sealed === null ? null : maskNumber(crypto.open(sealed)));

const seconds = (from: Date | null, to: Date | null): number =>
  from === null || to === null ? 0 : Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));

/** Talking time without what was spent on hold. */
export const talkSecondsOf = (call: Call, now: Date): number => Math.max(0, seconds(call.answeredAt, call.hangupAt ?? now) - Math.round(call.holdMs / 1000));

/** Fields as every role of the hotline sees them; the number only masked (security A-2). */
export const presentCall = (call: Call, given: { readonly crypto: FieldCrypto; readonly now: Date; readonly agentName: string | null }): CallSummaryView => ({
  id: call.id,
  state: call.state,
  stateLabel: callLifecycle.states[call.state].label,
  outcome: call.outcome,
  overflowKind: call.overflowKind,
  direction: call.direction,
  number: maskedNumber(given.crypto, call.numberSealed),
  dialled: call.dialled,
  agentId: call.agentId,
  agentName: given.agentName,
  ticketId: call.ticketId,
  taskId: call.taskId,
  arrivedAt: toShanghaiIso(call.arrivedAt),
  answeredAt: isoOrNull(call.answeredAt),
  connectedAt: isoOrNull(call.connectedAt),
  heldAt: isoOrNull(call.heldAt),
  hangupAt: isoOrNull(call.hangupAt),
  closedAt: isoOrNull(call.closedAt),
  waitSeconds: seconds(call.enqueuedAt ?? call.arrivedAt, call.answeredAt ?? call.closedAt ?? given.now),
  talkSeconds: talkSecondsOf(call, given.now),
  holdSeconds: Math.round(call.holdMs / 1000),
  hangupBy: call.hangupBy,
  version: call.version,
});
