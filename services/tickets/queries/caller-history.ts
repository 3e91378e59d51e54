import type { CallerHistory } from '#contracts/api/ticket-views';
import { ticketLifecycle } from '#contracts/lifecycles/ticket.lifecycle';
import { ticketTypeLabels } from '#contracts/vocabulary/ticket-types';
import { type Actor, toShanghaiIso, maskText } from '#kernel';
import { phoneHashOf } from '../use-cases/sealed-form';
import type { TicketTools } from '../use-cases/tools';

const shown = 10;

/** rules §4: what a caller card shows by the number's hash; of a secret matter only that there is one. */
export const createCallerHistory = (tools: TicketTools) => {
  const ofHash = async (phoneHash: string, actor: Actor): Promise<CallerHistory> => {
    tools.policy.require(actor, 'ticket.read');
    const ids = [...new Set((await tools.store.complainants.list({ phoneHash })).map((citizen) => citizen.ticketId))];
    if (ids.length === 0) return { total: 0, open: 0, hasSecret: false, note: null, items: [] };
    const [all, visible] = await Promise.all([
      tools.store.ticketsOf(ids),
      tools.store.listTickets({ filter: { scope: tools.policy.scope(actor, 'ticket'), ids }, match: null, sort: 'newest', after: null, limit: 200 }),
    ]);
    const open = visible.filter((ticket) => !ticket.isSecret);
    const hasSecret = all.some((ticket) => ticket.isSecret);
    return {
      total: open.length,
      open: open.filter((ticket) => ticket.closedAt === null).length,
      hasSecret,
      note: hasSecret ? '有一件保密诉求' : null,
      items: open.slice(0, shown).map((ticket) => ({
        id: ticket.id,
        number: ticket.number,
        title: maskText(ticket.title),
        typeLabel: ticketTypeLabels[ticket.type],
        state: ticket.state,
        stateLabel: ticketLifecycle.states[ticket.state].label,
        receivedAt: toShanghaiIso(ticket.receivedAt),
      })),
    };
  };
  return { ofHash, ofPhone: (phone: string, actor: Actor) => ofHash(phoneHashOf(tools.crypto, phone), actor) };
};
