import type { CallerCardView } from '#contracts/api/telephony';
import { type Actor, missing, toShanghaiIso } from '#kernel';
import type { TelephonyTools } from '../use-cases/tools';
import { maskedNumber, talkSecondsOf } from './present-call';

export interface HistoryTicket {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly status: string;
  readonly statusLabel: string;
  readonly isOpen: boolean;
  readonly at: Date;
}

/** What an agent may know of a number's earlier matters; the policy of the tickets module has already been asked. */
export interface PhoneHistory {
  readonly tickets: readonly HistoryTicket[];
  /** There is a secret matter: that it exists is all that is said (rules §4). */
  readonly hasSecret: boolean;
}

export interface History {
  byPhone(numberHash: string, actor: Actor): Promise<PhoneHistory>;
}

export const secretNotice = '有一件保密诉求';

const day = 86_400_000;
const present = ({ id, number, title, status, statusLabel, at }: HistoryTicket) => ({ id, number, title, status, statusLabel, at: toShanghaiIso(at) });

/** Open matters first; only at the agent who is rung or talks, or with a role that reads calls (design-channels §3.2). */
export const createCallerCard =
  (tools: TelephonyTools, history: History) =>
  async (callId: string, actor: Actor): Promise<CallerCardView> => {
    tools.policy.require(actor, 'call.read');
    const call = await tools.store.calls.one({ id: callId });
    if (call === null) throw missing('call');
    const now = tools.clock.now();
    const hash = call.numberHash;
    const earlier =
      hash === null
        ? []
        : await tools.store.calls.many({
            where: { numberHash: hash, id: { not: call.id }, arrivedAt: { gte: now.getTime() - 30 * day } },
            order: [['arrivedAt', 'DESC']],
            limit: 200,
          });
    const known: PhoneHistory = hash === null ? { tickets: [], hasSecret: false } : await history.byPhone(hash, actor);
    const open = hash === null ? 0 : await tools.store.tasks.count({ openHash: hash });
    const newestFirst = known.tickets.toSorted((a, b) => b.at.getTime() - a.at.getTime());
    return {
      callId,
      number: maskedNumber(tools.crypto, call.numberSealed),
      numberKind: call.numberKind,
      dialled: call.dialled,
      ticketId: call.ticketId,
      repeat24Hours: earlier.filter((one) => now.getTime() - one.arrivedAt.getTime() <= day).length,
      repeat30Days: earlier.length,
      openCallbackTask: open > 0,
      hasSecretMatter: known.hasSecret,
      secretNotice: known.hasSecret ? secretNotice : null,
      openTickets: newestFirst
        .filter((ticket) => ticket.isOpen && ticket.id !== call.ticketId)
        .slice(0, 10)
        .map(present),
      otherTickets: newestFirst
        .filter((ticket) => !ticket.isOpen)
        .slice(0, 5)
        .map(present),
      lastContacts: earlier.slice(0, 5).map((one) => ({
        callId: one.id,
        at: toShanghaiIso(one.arrivedAt),
        outcome: one.outcome,
        ticketId: one.ticketId,
        talkSeconds: one.answeredAt === null ? 0 : talkSecondsOf(one, now),
      })),
    };
  };
