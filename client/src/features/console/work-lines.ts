import type { ConversationView } from '#contracts/api/inquiries';
import type { CallbackTaskAnswer, CallSummaryView } from '#contracts/api/telephony';
import type { TicketListItem, TicketView } from '#contracts/api/ticket-views';
import { type SourceChannel, sourceChannelLabels } from '#contracts/vocabulary/source-channels';
import { urgencyLabels } from '#contracts/vocabulary/urgency';
import type { WorkLine } from '../../shared/components/WorkRow.vue';
import type { IconName } from '../../shared/icons/icons';
import type { PlaceNames } from '../../shared/places/place-names';

const channelIcons: Partial<Readonly<Record<SourceChannel, IconName>>> = {
  PHONE: 'phone',
  MAILBOX: 'mail',
  RATING_PLATFORM: 'rating',
  HALL: 'building',
  POLICE_110: 'shield',
};

export const iconOfSource = (source: SourceChannel): IconName =>
  channelIcons[source] ?? (source === 'SUPERIOR' || source === 'OTHER_HOTLINE' ? 'returned' : 'chat');

export type TicketRow = Pick<
  TicketListItem,
  'id' | 'number' | 'source' | 'title' | 'state' | 'stateLabel' | 'urgency' | 'dueAt' | 'light' | 'isSecret' | 'version' | 'complainant' | 'excerpt'
> & { readonly places: { readonly from: string | null; readonly to: string | null } };

/** A row as the list shows it, from the answer of the single read. */
export const rowOfTicket = (ticket: TicketView): TicketRow => ({
  ...ticket,
  complainant: { name: ticket.complainants[0]?.name ?? null, phone: ticket.complainants[0]?.phone ?? null, more: Math.max(0, ticket.complainants.length - 1) },
  excerpt: ticket.content.slice(0, 60),
  places: { from: ticket.details.receivingRegion ?? null, to: ticket.details.handlingRegion ?? null },
});

export const rowOfListItem = (item: TicketListItem): TicketRow => ({ ...item, places: { from: null, to: null } });

const placeOf = (row: TicketRow, names: PlaceNames): WorkLine['place'] => {
  const { from, to } = row.places;
  if (from === null && to === null) return undefined;
  return { from: names.short(from ?? to ?? ''), to: to === null ? null : names.short(to) };
};

export const lineOfTicket = (row: TicketRow, names: PlaceNames): WorkLine => ({
  id: row.id,
  icon: row.isSecret ? 'lock' : iconOfSource(row.source),
  channel: sourceChannelLabels[row.source],
  name: row.complainant.name ?? row.complainant.phone ?? '匿名',
  title: row.title === '' ? row.excerpt || '还没写事项' : row.title,
  facts: [row.stateLabel, ...(row.urgency === 'NORMAL' ? [] : [urgencyLabels[row.urgency]])],
  place: placeOf(row, names),
  deadline: { dueAt: row.dueAt, light: row.light, paused: row.state === 'PENDING_INFO' },
  hasDraft: row.state === 'DRAFT',
});

export const lineOfConversation = (conversation: ConversationView): WorkLine => ({
  id: conversation.id,
  icon: 'chat',
  channel: '在线会话',
  name: conversation.citizenName ?? '访客',
  title: conversation.topic,
  facts: [conversation.stateLabel, conversation.tickets.length > 0 ? '已转工单' : '网页会话'],
});

export const lineOfTask = (task: CallbackTaskAnswer): WorkLine => ({
  id: task.id,
  icon: 'missed',
  channel: '回拨任务',
  name: task.number,
  title: task.kindLabel,
  facts: [task.state === 'CLAIMED' ? '我在回拨' : task.stateLabel, task.attempts === 0 ? '还没拨过' : `未通 ${task.attempts} 次`],
  deadline: { dueAt: task.dueAt, inHours: true },
});

export const lineOfCall = (call: CallSummaryView, title: string): WorkLine => ({
  id: call.id,
  icon: 'phone',
  channel: '电话',
  name: call.number ?? '号码隐藏',
  title,
  facts: [call.state === 'OFFERED' ? '来电振铃' : call.state === 'WRAP' ? '话后整理' : call.heldAt === null ? '通话中' : '保持中'],
});
