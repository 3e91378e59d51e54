import { sourceChannelLabels } from '#contracts/vocabulary/source-channels';
import { urgencyLabels } from '#contracts/vocabulary/urgency';
import type { TrailLine } from '../components/TrailLines.vue';
import type { WorkLine } from '../components/WorkRow.vue';
import type { IconName } from '../icons/icons';
import type { SubOrderListItem, TicketListItem, TicketView } from './ticket-api';

const icons: Partial<Readonly<Record<TicketListItem['source'], IconName>>> = { PHONE: 'phone', MAILBOX: 'mail', RATING_PLATFORM: 'rating' };
export const iconOfTicket = (ticket: Pick<TicketListItem, 'isSecret' | 'source'>): IconName => (ticket.isSecret ? 'lock' : (icons[ticket.source] ?? 'chat'));

export const namedOf = (ticket: Pick<TicketListItem, 'complainant'>): string =>
  `${ticket.complainant.name ?? ticket.complainant.phone ?? '匿名'}${ticket.complainant.more > 0 ? ` 等 ${ticket.complainant.more + 1} 人` : ''}`;

export const lineOfTicket = (ticket: TicketListItem): WorkLine => ({
  id: ticket.id,
  icon: iconOfTicket(ticket),
  channel: sourceChannelLabels[ticket.source],
  name: namedOf(ticket),
  title: ticket.title,
  facts: [
    ticket.stateLabel,
    ticket.typeLabel,
    ...(ticket.urgency === 'NORMAL' ? [] : [urgencyLabels[ticket.urgency]]),
    ...(ticket.counts.rehandle > 0 ? [`重办 ${ticket.counts.rehandle}`] : []),
    ...(ticket.counts.urge > 0 ? [`催办 ${ticket.counts.urge}`] : []),
  ],
  deadline: ticket.dueAt === null ? undefined : { dueAt: ticket.dueAt, light: ticket.light, paused: ticket.state === 'PENDING_INFO' },
});

/** The list shape of a ticket that was read alone. */
export const toListItem = (ticket: TicketView): TicketListItem => ({
  ...ticket,
  excerpt: ticket.content.slice(0, 60),
  complainant: { name: ticket.complainants[0]?.name ?? null, phone: ticket.complainants[0]?.phone ?? null, more: Math.max(0, ticket.complainants.length - 1) },
  units: ticket.subOrders,
});

/** A sub-order as a row: what it needs of its ticket beside its own state. */
export interface OrderRow {
  readonly id: string;
  readonly ticketId: string;
  readonly number: string;
  readonly roleName: string;
  readonly state: SubOrderListItem['state'];
  readonly stateLabel: string;
  readonly title: string;
  readonly typeLabel: string;
  readonly icon: IconName;
  readonly urgency: TicketListItem['urgency'];
  readonly dueAt: string | null;
  readonly light: string;
  readonly handler: string | null;
}

export const lineOfOrder = (row: OrderRow): WorkLine => ({
  id: row.id,
  icon: row.icon,
  channel: '工单',
  name: row.roleName,
  title: row.title,
  facts: [row.stateLabel, row.typeLabel, ...(row.urgency === 'NORMAL' ? [] : [urgencyLabels[row.urgency]]), ...(row.handler === null ? [] : [row.handler])],
  deadline: row.dueAt === null ? undefined : { dueAt: row.dueAt, light: row.light },
});

export const trailOfTicket = (ticket: TicketView): readonly TrailLine[] =>
  ticket.timeline
    .map((entry, index) => {
      const to = entry.toLabel === null || entry.label.includes(entry.toLabel) ? '' : ` → ${entry.toLabel}`;
      const words = entry.texts.map((part) => `${part.label}：${part.text}`).join('；');
      const files = entry.attachmentIds.length === 0 ? '' : `（附件 ${entry.attachmentIds.length}）`;
      return { id: `${entry.at}-${index}`, at: entry.at, who: entry.by.name, text: `${entry.label}${to}${files}${words === '' ? '' : `。${words}`}` };
    })
    .toReversed();

const due = (row: { readonly dueAt: string | null }): number => (row.dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(row.dueAt));

/** Least time left first. */
export const byDue = <T extends { readonly id: string; readonly dueAt: string | null }>(a: T, b: T): number => due(a) - due(b) || (a.id < b.id ? -1 : 1);
