import type { EditDraftBody } from '#contracts/api/tickets';
import type { TicketView } from '#contracts/api/ticket-views';
import { type TicketType, ticketTypeLabels } from '#contracts/vocabulary/ticket-types';
import type { Urgency } from '#contracts/vocabulary/urgency';

/** The words of the type buttons; 意见建议 is too long for six in a row. */
export const typeChoices = (['CONSULT', 'HELP', 'COMPLAINT', 'REPORT', 'SUGGESTION', 'PRAISE'] as const satisfies readonly TicketType[]).map((value) => ({
  value: value as TicketType,
  label: value === 'SUGGESTION' ? '建议' : ticketTypeLabels[value],
}));

export interface TicketDetails {
  matter: string;
  itemId: string;
  receivingRegion: string;
  handlingRegion: string;
  accusedName: string;
  conduct: string;
  occurredOn: string;
  demand: string;
  clues: string;
  field: string;
}

/** The form as it is typed: no nulls, so that every field is a field. */
export interface TicketForm {
  type: TicketType;
  title: string;
  content: string;
  name: string;
  phone: string;
  isAnonymous: boolean;
  regionCode: string;
  address: string;
  urgency: Urgency;
  isComplex: boolean;
  categoryCode: string;
  isSecret: boolean;
  needReply: boolean;
  details: TicketDetails;
}

const emptyDetails: TicketDetails = {
  matter: '',
  itemId: '',
  receivingRegion: '',
  handlingRegion: '',
  accusedName: '',
  conduct: '',
  occurredOn: '',
  demand: '',
  clues: '',
  field: '',
};

const detailsOf = (given: TicketView['details']): TicketDetails => {
  const details = { ...emptyDetails };
  for (const field of Object.keys(emptyDetails) as (keyof TicketDetails)[]) details[field] = given[field] ?? '';
  return details;
};

/** A draft that was opened by a call has no place yet. */
const NATIONWIDE = '000000';

/** As people read it out: without the country code of our own country. */
const domestic = (phone: string): string => phone.replace(/^\+86(?=1\d{10}$)/, '');

/** The server's ticket as a form; the plain contact is there only for whoever types this draft. */
export const formOf = (ticket: TicketView): TicketForm => ({
  type: ticket.type,
  title: ticket.title,
  content: ticket.form?.content ?? ticket.content,
  name: ticket.form?.name ?? '',
  phone: domestic(ticket.form?.phone ?? ''),
  isAnonymous: ticket.isAnonymous,
  regionCode: ticket.regionCode === NATIONWIDE ? '' : ticket.regionCode,
  address: ticket.form?.address ?? '',
  urgency: ticket.urgency,
  isComplex: ticket.isComplex,
  categoryCode: ticket.categoryCode ?? '',
  isSecret: ticket.isSecret,
  needReply: ticket.needReply,
  details: detailsOf(ticket.details),
});

const clearable = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A question is about what its title says until a guide is cited. */
const withMatter = (changes: Partial<TicketForm>, whole: TicketForm): Partial<TicketForm> =>
  whole.type === 'CONSULT' && whole.title.trim() !== '' && whole.details.matter === ''
    ? { ...changes, details: { ...whole.details, matter: whole.title } }
    : changes;

const filled = (details: TicketDetails): NonNullable<EditDraftBody['details']> =>
  Object.fromEntries(Object.entries(details).filter(([, value]: [string, string]) => value.trim() !== ''));

/** What a PATCH says: fields that may be empty are cleared by null; the others are left as they were until they hold something. */
export const patchOf = (given: Partial<TicketForm>, whole: TicketForm): EditDraftBody => {
  const changes = withMatter(given, whole);
  const patch: EditDraftBody = {};
  const { type, title, content, regionCode, urgency, details } = changes;
  if (type !== undefined) patch.type = type;
  if (title !== undefined && title.trim() !== '') patch.title = title;
  if (content !== undefined && content.trim() !== '') patch.content = content;
  if (regionCode !== undefined && regionCode !== '') patch.regionCode = regionCode;
  if (urgency !== undefined) patch.urgency = urgency;
  if (details !== undefined) patch.details = filled(details);
  for (const field of ['name', 'phone', 'address', 'categoryCode'] as const) {
    const value = changes[field];
    if (value !== undefined) patch[field] = clearable(value);
  }
  for (const field of ['isAnonymous', 'isComplex', 'isSecret', 'needReply'] as const) {
    const value = changes[field];
    if (value !== undefined) patch[field] = value;
  }
  return patch;
};

export const labelOfField: Readonly<Record<keyof TicketForm, string>> = {
  type: '类型',
  title: '事项',
  content: '内容',
  name: '称呼',
  phone: '电话',
  isAnonymous: '匿名',
  regionCode: '事发地',
  address: '地址',
  urgency: '紧急程度',
  isComplex: '疑难',
  categoryCode: '分类',
  isSecret: '保密',
  needReply: '需回复',
  details: '补充要素',
};
