import type { TicketListItem } from '#contracts/api/ticket-views';
import { subOrderLifecycle } from '#contracts/lifecycles/sub-order.lifecycle';
import { ticketLifecycle } from '#contracts/lifecycles/ticket.lifecycle';
import type { CautionLight } from '#contracts/vocabulary/clocks';
import { stageOf } from '#contracts/vocabulary/stages';
import { categoryPath } from '#contracts/vocabulary/ticket-categories';
import { ticketTypeLabels } from '#contracts/vocabulary/ticket-types';
import { toShanghaiIso, maskName, maskPhone, maskText } from '#kernel';
import { excerpt } from '../domain/mask';
import { type ClockRow, type Complainant, isLive, type SubOrder, type Ticket } from '../domain/ticket';
import { openOrNull } from '../use-cases/sealed-form';
import type { TicketTools } from '../use-cases/tools';

export const isoOrNull = (at: Date | null): string | null => (at === null ? null : toShanghaiIso(at));

const isPaused = (ticket: Pick<Ticket, 'state'>, row: ClockRow): boolean => ticket.state === 'PENDING_INFO' && row.clock === 'accept';

/** A pause moved the deadline and is no part of the limit, so the limit is measured from a beginning moved as far; an extension is part of it. */
const measuredFrom = (row: ClockRow): Date =>
  row.extensionDays === 0 ? new Date(row.startedAt.getTime() + row.dueAt.getTime() - row.firstDueAt.getTime()) : row.startedAt;

/** rules §3.1: computed at the moment of asking, never stored. */
export const lightOf = (tools: Pick<TicketTools, 'calendar' | 'clock'>, ticket: Pick<Ticket, 'state'>, row: ClockRow | undefined): CautionLight =>
  row === undefined || row.stoppedAt !== null || isPaused(ticket, row)
    ? 'NONE'
    : tools.calendar.cautionLight({ now: tools.clock.now(), from: measuredFrom(row), dueAt: row.dueAt, unit: row.unit, region: row.regionCode });

export const presentBrief = (tools: Pick<TicketTools, 'calendar' | 'clock'>, ticket: Ticket, clocks: readonly ClockRow[]) => ({
  id: ticket.id,
  number: ticket.number,
  type: ticket.type,
  typeLabel: ticketTypeLabels[ticket.type],
  source: ticket.source,
  title: maskText(ticket.title),
  regionCode: ticket.regionCode,
  urgency: ticket.urgency,
  isComplex: ticket.isComplex,
  isSecret: ticket.isSecret,
  categoryCode: ticket.categoryCode,
  categoryPath: [...categoryPath(ticket.categoryCode ?? '')],
  state: ticket.state,
  stateLabel: ticketLifecycle.states[ticket.state].label,
  stage: stageOf(ticket.state),
  version: ticket.version,
  receivedAt: toShanghaiIso(ticket.receivedAt),
  closedAt: isoOrNull(ticket.closedAt),
  closeType: ticket.closeType,
  clock: ticket.clockName,
  dueAt: isoOrNull(ticket.clockDueAt),
  light: lightOf(
    tools,
    ticket,
    clocks.find((row) => row.ownerId === ticket.id && row.clock === ticket.clockName && row.stoppedAt === null),
  ),
  counts: { urge: ticket.urgeCount, returned: ticket.returnCount, extension: ticket.extensionCount, rehandle: ticket.rehandleCount },
});

export const maskedComplainant = (tools: Pick<TicketTools, 'crypto'>, citizen: Complainant | undefined) => {
  const name = openOrNull(tools.crypto, citizen?.nameSealed ?? null);
  const phone = openOrNull(tools.crypto, citizen?.phoneSealed ?? null);
  return { name: name === null ? null : maskName(name), phone: phone === null ? null : maskPhone(phone) };
};

export const presentSubOrderBrief = (subOrder: SubOrder, orgNames: ReadonlyMap<string, string>) => ({
  id: subOrder.id,
  number: subOrder.number,
  role: subOrder.role,
  orgId: subOrder.orgId,
  orgName: orgNames.get(subOrder.orgId) ?? subOrder.orgId,
  state: subOrder.state,
});

export const subOrderLabel = (subOrder: Pick<SubOrder, 'state'>): string => subOrderLifecycle.states[subOrder.state].label;

export interface ListedTicket {
  readonly ticket: Ticket;
  readonly complainants: readonly Complainant[];
  readonly subOrders: readonly SubOrder[];
  readonly clocks: readonly ClockRow[];
}

export const presentListItem = (
  tools: Pick<TicketTools, 'calendar' | 'clock' | 'crypto'>,
  listed: ListedTicket,
  orgNames: ReadonlyMap<string, string>,
): TicketListItem => {
  const { ticket, complainants, subOrders, clocks } = listed;
  return {
    ...presentBrief(tools, ticket, clocks),
    excerpt: excerpt(ticket.content, 80),
    complainant: { ...maskedComplainant(tools, complainants[0]), more: Math.max(0, complainants.length - 1) },
    units: subOrders.filter(isLive).map((subOrder) => presentSubOrderBrief(subOrder, orgNames)),
  };
};
