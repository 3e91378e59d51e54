import { encodeTime } from 'ulid';
import type { SimilarTicket } from '#contracts/api/ticket-views';
import { ticketLifecycle } from '#contracts/lifecycles/ticket.lifecycle';
import { regionPrefix } from '#identity';
import { type Actor, toShanghaiIso, maskText } from '#kernel';
import { termsOf } from '../domain/terms';
import type { Ticket } from '../domain/ticket';
import type { TicketTools } from '../use-cases/tools';
import { visibleFile } from './visible-file';

const lookBackDays = 90;
const candidates = 80;
const maxTerms = 40;
const dayMs = 86_400_000;

/** Ids begin with their time, so everything since a day is one range of the index. */
const idsAfter = (at: Date): string => encodeTime(Math.max(0, at.getTime()), 10);

/** Shared terms against the length of both texts; a place in common counts a little more. */
const scoreOf = (asked: readonly string[], ticket: Ticket, region: string | undefined): number => {
  const own = new Set(termsOf(`${ticket.title}\n${ticket.content}`));
  const shared = asked.filter((term) => own.has(term)).length;
  const near = region !== undefined && ticket.regionCode === region ? 1.15 : 1;
  return own.size === 0 ? 0 : Math.min(1, (shared / Math.sqrt(asked.length * Math.min(own.size, asked.length * 3))) * near);
};

const weakest = 0.12;

export const createSimilarTickets =
  (tools: TicketTools) =>
  async (query: { readonly text: string; readonly region?: string | undefined; readonly limit: number }, actor: Actor): Promise<readonly SimilarTicket[]> => {
    tools.policy.require(actor, 'ticket.read');
    const terms = termsOf(query.text).slice(0, maxTerms);
    const after = idsAfter(new Date(tools.clock.now().getTime() - lookBackDays * dayMs));
    const found = await tools.store.overlapping(terms, { after, limit: candidates });
    if (found.length === 0) return [];
    const open = Object.entries(ticketLifecycle.states).flatMap(([state, spec]) => ('final' in spec ? [] : [state]));
    const filter = {
      scope: tools.policy.scope(actor, 'ticket'),
      ids: found.map((row) => row.ticketId),
      states: open,
      regionPrefix: query.region === undefined ? undefined : regionPrefix(query.region).slice(0, 4),
    };
    const tickets = await tools.store.listTickets({ filter, match: null, sort: 'newest', after: null, limit: candidates });
    return tickets
      .map((ticket) => ({ ticket, score: scoreOf(terms, ticket, query.region) }))
      .filter(({ score }) => score >= weakest)
      .sort((a, b) => b.score - a.score || (a.ticket.id < b.ticket.id ? 1 : -1))
      .slice(0, query.limit)
      .map(({ ticket, score }) => ({
        id: ticket.id,
        number: ticket.number,
        title: maskText(ticket.title),
        stateLabel: ticketLifecycle.states[ticket.state].label,
        receivedAt: toShanghaiIso(ticket.receivedAt),
        score: Math.round(score * 1000) / 1000,
      }));
  };

export interface DuplicateTicket {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly stateLabel: string;
  readonly receivedAt: string;
  readonly urgeCount: number;
}

/** rules §3.3.3: the same citizen, the same category, the same place, not yet finished: to be urged, not registered again. */
export const createDuplicatesOf =
  (tools: TicketTools) =>
  async (ticketId: string, actor: Actor): Promise<readonly DuplicateTicket[]> => {
    tools.policy.require(actor, 'ticket.read');
    const { ticket, complainants } = await visibleFile(tools, ticketId, actor);
    const phoneHash = complainants[0]?.phoneHash ?? null;
    if (phoneHash === null || ticket.categoryCode === null) return [];
    const since = new Date(tools.clock.now().getTime() - tools.terms.duplicateDays * dayMs);
    const ids = (await tools.store.complainants.list({ phoneHash })).map((citizen) => citizen.ticketId);
    const filter = { scope: tools.policy.scope(actor, 'ticket'), ids, equals: { categoryCode: ticket.categoryCode }, receivedFrom: since };
    const tickets = await tools.store.listTickets({ filter, match: null, sort: 'newest', after: null, limit: 50 });
    const isSamePlace = (other: Ticket): boolean =>
      ticket.addressHash !== null && other.addressHash !== null ? other.addressHash === ticket.addressHash : other.regionCode === ticket.regionCode;
    return tickets
      .filter((other) => other.id !== ticket.id && other.closedAt === null && other.state !== 'DRAFT' && isSamePlace(other))
      .map((other) => ({
        id: other.id,
        number: other.number,
        title: maskText(other.title),
        stateLabel: ticketLifecycle.states[other.state].label,
        receivedAt: toShanghaiIso(other.receivedAt),
        urgeCount: other.urgeCount,
      }));
  };
