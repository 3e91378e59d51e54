import { ticketLifecycle } from '#contracts/lifecycles/ticket.lifecycle';
import type { Regions } from '#identity';
import type { Inquiries } from '#inquiries';
import { DomainError, systemActor } from '#kernel';
import type { Ratings } from '#ratings';
import type { RegionEntry } from '#knowledge-base';
import type { Telephony, TelephonyDeps } from '#telephony';
import type { Tickets, TieJudge } from '#tickets';

/** A call's draft is a ticket like any other, begun by the system for the agent who answered. */
export const draftsOf = (tickets: Tickets): TelephonyDeps['drafts'] => ({
  openForCall: async ({ callId, agentId, phone, ticketId }) => {
    const known = await tickets.draftOfCall(callId);
    if (known !== null) return known;
    if (ticketId !== null) {
      await tickets.linkTicket({ ticketId, kind: 'CALL', refId: callId }, systemActor);
      const linked = await tickets.draftOfCall(callId);
      if (linked !== null) return linked;
    }
    const { ticket } = await tickets.registerTicket(
      { source: 'PHONE', ...(phone === null ? {} : { phone }), links: [{ kind: 'CALL', refId: callId }], registeredBy: agentId },
      systemActor,
    );
    return { ticketId: ticket.id, number: ticket.number };
  },
});

/** Earlier matters of a number, as the tickets module lets this person see them. */
export const historyOf = (tickets: Tickets): TelephonyDeps['history'] => ({
  byPhone: async (numberHash, actor) => {
    const { items, hasSecret } = await tickets.historyOfPhoneHash(numberHash, actor);
    return {
      hasSecret,
      tickets: items.map((item) => ({
        id: item.id,
        number: item.number,
        title: item.title,
        status: item.state,
        statusLabel: item.stateLabel,
        isOpen: !('final' in ticketLifecycle.states[item.state]),
        at: new Date(item.receivedAt),
      })),
    };
  },
});

const levels = ['province', 'city', 'county'] as const;

/** The places that the search recognises in a sentence. */
export const gazetteerOf = (regions: Regions): readonly RegionEntry[] =>
  regions.all().flatMap(({ code, name, parent, level, areaCode, aliases }) => {
    const known = levels.find((entry) => entry === level);
    return known === undefined ? [] : [{ code, name, parent, level: known, areaCode, aliases }];
  });

interface TieOwners {
  readonly ratings: Pick<Ratings, 'getRating'>;
  readonly inquiries: Pick<Inquiries, 'mayHear'>;
  readonly telephony: Pick<Telephony, 'calls'>;
}

/** Asked late, because the owners of what is tied to a ticket are built after the tickets. */
export const tieJudgeOf =
  (owners: () => TieOwners): TieJudge =>
  async (actor, { kind, refId }) => {
    const { ratings, inquiries, telephony } = owners();
    if (kind === 'CONVERSATION') return actor.kind === 'staff' && inquiries.mayHear(refId, actor);
    try {
      await (kind === 'CALL' ? telephony.calls.get(refId, actor) : ratings.getRating(refId, actor));
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  };
