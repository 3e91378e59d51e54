import type { SubOrderView, TicketView } from '#contracts/api/ticket-views';
import { decide, type Move, movesOf } from '#contracts/lifecycles/lifecycle';
import { subOrderLifecycle } from '#contracts/lifecycles/sub-order.lifecycle';
import { ticketLifecycle, ticketMoveActions } from '#contracts/lifecycles/ticket.lifecycle';
import { type Actor, toShanghaiIso, maskText } from '#kernel';
import { maskAddress } from '../domain/mask';
import { performersOf } from '../domain/refusals';
import { subOrderFacts } from '../domain/sub-order-facts';
import type { Referral, Reply, SubOrder, SubOrderResult, TicketLink } from '../domain/ticket';
import { ticketFacts } from '../domain/ticket-facts';
import type { TicketFile } from '../domain/ticket-file';
import { missingOf, openQuestion } from '../use-cases/evidence';
import { detailsOf, openOrNull } from '../use-cases/sealed-form';
import type { TicketTools } from '../use-cases/tools';
import { presentDeadline } from './deadlines';
import { isoOrNull, lightOf, maskedComplainant, presentBrief, presentSubOrderBrief, subOrderLabel } from './present-brief';
import { timelineOf, type People, type TimelineSources } from './timeline';

const moveView = (move: Move) => ({ ...move, unmet: [...move.unmet], needs: [...move.needs], takes: [...move.takes] });

const ref = (names: ReadonlyMap<string, string>, id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id });

const ticketMoves = (tools: TicketTools, file: TicketFile, actor: Actor) => {
  if (!tools.policy.allows(actor, 'ticket.move')) return [];
  const facts = ticketFacts(openQuestion(tools, file, actor, tools.clock.now()));
  const named: ReadonlySet<string> = new Set(ticketMoveActions);
  return movesOf(ticketLifecycle, { state: file.ticket.state }, { performers: performersOf(actor), facts })
    .filter((move) => named.has(move.action))
    .map(moveView);
};

const subOrderMoves = (tools: TicketTools, file: TicketFile, subOrder: SubOrder, actor: Actor) => {
  if (!tools.policy.allows(actor, 'subOrder.move')) return [];
  const facts = subOrderFacts({ file, subOrder, actor, input: null, handlerBelongs: true, policy: tools.terms, now: tools.clock.now() });
  return movesOf(subOrderLifecycle, { state: subOrder.state, previous: subOrder.previousState }, { performers: performersOf(actor), facts }).map(moveView);
};

const resultView = (tools: TicketTools, subOrder: SubOrder): SubOrderView['result'] => {
  const plain = openOrNull(tools.crypto, subOrder.resultSealed);
  if (plain === null) return null;
  const result = JSON.parse(plain) as SubOrderResult;
  return { ...result, result: maskText(result.result), publicReply: maskText(result.publicReply), attachmentIds: [...result.attachmentIds] };
};

export const presentSubOrder = (
  tools: TicketTools,
  file: TicketFile,
  subOrder: SubOrder,
  given: { readonly people: People; readonly actor: Actor },
): SubOrderView => {
  const { people, actor } = given;
  const clock = subOrder.state === 'PENDING_SIGN' ? 'sign' : 'handle';
  return {
    ...presentSubOrderBrief(subOrder, people.units),
    ticketId: subOrder.ticketId,
    stateLabel: subOrderLabel(subOrder),
    version: subOrder.version,
    handler: ref(people.staff, subOrder.handlerId),
    instruction: subOrder.instruction,
    assignmentLocked: subOrder.assignmentLocked,
    dispatchedAt: toShanghaiIso(subOrder.dispatchedAt),
    signDueAt: toShanghaiIso(subOrder.signDueAt),
    handleDueAt: toShanghaiIso(subOrder.handleDueAt),
    returnDueAt: toShanghaiIso(subOrder.returnDueAt),
    signedAt: isoOrNull(subOrder.signedAt),
    submittedAt: isoOrNull(subOrder.submittedAt),
    light: lightOf(
      tools,
      file.ticket,
      file.clocks.findLast((row) => row.ownerId === subOrder.id && row.clock === clock && row.stoppedAt === null),
    ),
    suggestedOrg: ref(people.units, subOrder.suggestedOrgId),
    result: resultView(tools, subOrder),
    moves: subOrderMoves(tools, file, subOrder, actor),
  };
};

const canEdit = (tools: TicketTools, file: TicketFile, actor: Actor): boolean =>
  tools.policy.allows(actor, 'ticket.register') &&
  decide(ticketLifecycle, { state: file.ticket.state }, { action: 'saveDraft', performers: performersOf(actor), facts: {} }).ok;

/** Whoever types the draft sees what they typed; everybody else sees it masked. */
const formOf = (tools: TicketTools, file: TicketFile, actor: Actor): TicketView['form'] => {
  const { ticket, complainants } = file;
  if (ticket.state !== 'DRAFT' || ticket.registeredBy !== actor.id) return null;
  const [citizen] = complainants;
  return {
    name: openOrNull(tools.crypto, citizen?.nameSealed ?? null),
    phone: openOrNull(tools.crypto, citizen?.phoneSealed ?? null),
    address: openOrNull(tools.crypto, ticket.addressSealed),
    content: ticket.content,
  };
};

export interface TicketCompany extends TimelineSources {
  readonly links: readonly TicketLink[];
  readonly replies: readonly Reply[];
  readonly referrals: readonly Referral[];
  readonly people: People;
}

const matterOf = (tools: TicketTools, file: TicketFile, people: People) => {
  const { ticket } = file;
  const address = openOrNull(tools.crypto, ticket.addressSealed);
  const details = detailsOf(tools.crypto, ticket);
  const masked = Object.fromEntries(Object.entries(details).map(([name, value]) => [name, typeof value === 'string' ? maskText(value) : value]));
  return {
    content: maskText(ticket.content),
    details: masked as TicketView['details'],
    address: address === null ? null : maskAddress(address),
    isAnonymous: ticket.isAnonymous,
    needReply: ticket.needReply,
    registeredBy: ref(people.staff, ticket.registeredBy),
    accusedOrg: ref(people.units, ticket.accusedOrgId),
    accusedStaffId: ticket.accusedStaffId,
    complainants: file.complainants.map((citizen) => ({
      id: citizen.id,
      ...maskedComplainant(tools, citizen),
      fromTicketId: citizen.originTicketId === ticket.id ? null : citizen.originTicketId,
    })),
    mergedIntoId: ticket.mergedIntoId,
  };
};

const outcomesOf = (tools: TicketTools, company: TicketCompany) => ({
  links: company.links
    .filter((link) => link.undoneAt === null)
    .map((link) => ({ kind: link.kind, refId: link.refId, origin: link.origin, linkedAt: toShanghaiIso(link.linkedAt) })),
  replies: company.replies.map((reply) => ({
    kind: reply.kind,
    text: maskText(tools.crypto.open(reply.contentSealed)),
    guideId: reply.guideId,
    guideVersion: reply.guideVersion,
    by: company.people.staff.get(reply.byId) ?? reply.byId,
    at: toShanghaiIso(reply.at),
  })),
  referrals: company.referrals.map((referral) => ({
    target: referral.target,
    method: referral.method,
    regionCode: referral.targetRegionCode,
    note: referral.note,
    feedback: referral.feedback,
    at: toShanghaiIso(referral.at),
  })),
});

/** The receipt code is read out to the citizen by whoever registers; later nobody needs it. */
const mayReadReceipt = (actor: Actor): boolean => performersOf(actor).includes('AGENT');

export const presentTicket = (tools: TicketTools, file: TicketFile, company: TicketCompany, actor: Actor): TicketView => ({
  ...presentBrief(tools, file.ticket, file.clocks),
  ...matterOf(tools, file, company.people),
  receiptCode: mayReadReceipt(actor) ? tools.crypto.open(file.ticket.receiptSealed) : null,
  missing: file.ticket.firstDispatchAt === null ? [...missingOf(tools, file)] : [],
  canEdit: canEdit(tools, file, actor),
  form: formOf(tools, file, actor),
  moves: ticketMoves(tools, file, actor),
  subOrders: file.subOrders.map((subOrder) => presentSubOrder(tools, file, subOrder, { people: company.people, actor })),
  deadlines: file.clocks.map((row) => presentDeadline(tools, file, row)),
  ...outcomesOf(tools, company),
  timeline: timelineOf(tools, file, company, company.people),
});
