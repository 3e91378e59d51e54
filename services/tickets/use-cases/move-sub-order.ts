import { decide } from '#contracts/lifecycles/lifecycle';
import { type SubOrderAction, subOrderLifecycle, type SubOrderState } from '#contracts/lifecycles/sub-order.lifecycle';
import { type Actor, fail, invalid, missing } from '#kernel';
import type { UnitOfWork } from '#platform';
import { performersOf, refusal } from '../domain/refusals';
import { subOrderFacts } from '../domain/sub-order-facts';
import type { SubOrder } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import type { SubOrderInput, SubOrderMove } from '../domain/ticket-input';
import { belongsTo } from './evidence';
import { stepSubOrder } from './steps';
import { afterSubOrder, subOrderPatch } from './sub-order-effects';
import { mustOwnFiles, openFile, staleSubject, type TicketTools } from './tools';

export interface MovedSubOrder {
  readonly file: TicketFile;
  readonly subOrder: SubOrder;
}

const textsOf = (input: SubOrderInput): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(input).filter(([name, value]) => value !== undefined && name !== 'attachmentIds'));

const rulings: ReadonlySet<SubOrderAction> = new Set(['approveReturn', 'denyReturn']);

/** Whoever of a unit had the sub-order in hand may neither review nor call back later (rules §2.1). */
const keepHandler = async (tools: TicketTools, work: UnitOfWork, file: TicketFile, actor: Actor): Promise<TicketFile> => {
  const row = { ticketId: file.ticket.id, staffId: actor.id, part: 'HANDLER' as const };
  if (actor.kind !== 'staff' || file.participants.some((known) => known.staffId === row.staffId && known.part === row.part)) return file;
  await tools.store.participants.insert([row], work);
  return { ...file, participants: [...file.participants, row] };
};

const mustKnowUnit = async (tools: TicketTools, orgId: string | undefined): Promise<void> => {
  if (orgId === undefined || (await tools.organizations.find(orgId)) !== null) return;
  throw invalid('建议去向的单位不存在。', [{ path: '/suggestedOrgId', code: 'unknown-unit', message: '没有这个单位' }]);
};

const mustFind = (file: TicketFile, id: string): SubOrder => file.subOrders.find((subOrder) => subOrder.id === id) ?? fail(missing('subOrder'));

/** The one door for sub-orders; what follows for the ticket happens in the same transaction (rules §3.6). */
export const createMoveSubOrder =
  (tools: TicketTools) =>
  async (id: string, move: SubOrderMove, actor: Actor): Promise<MovedSubOrder> => {
    const { action, input } = move;
    tools.policy.require(actor, 'subOrder.move');
    const known = (await tools.store.subOrders.find({ id })) ?? fail(missing('subOrder'));
    return tools.database.inTransaction(async (work) => {
      const file = await openFile(tools, { id: known.ticketId, asked: 'subOrder', work, actor });
      const subOrder = mustFind(file, id);
      if (subOrder.version !== move.ifMatch) await staleSubject(tools, { subject: 'sub-order', id, version: subOrder.version, state: subOrder.state });
      await mustOwnFiles(tools, subOrder.ticketId, input.attachmentIds);
      await mustKnowUnit(tools, input.suggestedOrgId);
      const handlerBelongs = await belongsTo(tools, input.handlerId, subOrder.orgId);
      const facts = subOrderFacts({ file, subOrder, actor, input, handlerBelongs, policy: tools.terms, now: work.now });
      const decision = decide(
        subOrderLifecycle,
        { state: subOrder.state, previous: subOrder.previousState },
        { action, performers: performersOf(actor), facts },
      );
      if (!decision.ok) throw refusal(subOrderLifecycle, subOrder.state, { action, decision });
      const handled = rulings.has(action) ? file : await keepHandler(tools, work, file, actor);
      const moved = await stepSubOrder(tools, work, handled, {
        subOrder,
        action,
        to: decision.to as SubOrderState,
        actor,
        patch: subOrderPatch(tools, { subOrder, move, actor, now: work.now }),
        content: textsOf(input),
        attachmentIds: input.attachmentIds ?? [],
      });
      const after = await afterSubOrder(tools, work, moved, { subOrder: mustFind(moved, id), move, actor });
      return { file: after, subOrder: mustFind(after, id) };
    });
  };
