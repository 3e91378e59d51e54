import { z } from 'zod';
import { callbackRecord } from '../lifecycles/ticket.lifecycle';
import { sourceChannelLabels } from '../vocabulary/source-channels';
import { stageLabels } from '../vocabulary/stages';
import { ticketLinkLabels } from '../vocabulary/ticket-links';
import { ticketTypeLabels } from '../vocabulary/ticket-types';
import { urgencyLabels } from '../vocabulary/urgency';
import { oneOf } from './one-of';
import { formFields, subOrderState, ticketState } from './ticket-fields';

export type { PublicInquiryBody, publicInquiryReceipt, TicketProgress } from './public-tickets';
import { day, id, pageQuery, phone, regionCode, text } from './text';

const yesNo = z.enum(['true', 'false']).transform((value) => value === 'true');

const linkRef = z.strictObject({ kind: oneOf(ticketLinkLabels), refId: id });

/** A ticket may be begun with nothing but its channel: the rest is typed into the draft while the caller speaks. */
export const createTicketBody = z.strictObject({ ...z.strictObject(formFields).partial().shape, links: z.array(linkRef).max(10).optional() });
export type CreateTicketBody = z.infer<typeof createTicketBody>;

const clearable = <T extends z.ZodType>(schema: T) => schema.nullable().optional();

/** Any part of the form; null clears what may be empty, and `details` is replaced as a whole. */
export const editDraftBody = z.strictObject({
  ...z.strictObject(formFields).partial().shape,
  title: text(100, 0).optional(),
  content: text(4000, 0).optional(),
  name: clearable(formFields.name),
  phone: clearable(formFields.phone),
  address: clearable(formFields.address),
  categoryCode: clearable(formFields.categoryCode),
  accusedOrgId: clearable(formFields.accusedOrgId),
  accusedStaffId: clearable(formFields.accusedStaffId),
});
export type EditDraftBody = z.infer<typeof editDraftBody>;

export const listTicketsQuery = z.strictObject({
  ...pageQuery,
  /** One state or several, comma-separated. */
  state: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(ticketState).max(14))
    .optional(),
  stage: oneOf(stageLabels).optional(),
  type: oneOf(ticketTypeLabels).optional(),
  source: oneOf(sourceChannelLabels).optional(),
  urgency: oneOf(urgencyLabels).optional(),
  category: formFields.categoryCode.optional(),
  region: regionCode.optional(),
  org: id.optional(),
  mine: yesNo.optional(),
  overdue: yesNo.optional(),
  /** Only what is not finished; the counts of a desk ask for it, so that years of closed work cost nothing. */
  open: yesNo.optional(),
  from: day.optional(),
  to: day.optional(),
  q: text(60).optional(),
  sort: z.enum(['newest', 'due']).default('newest'),
});
export type ListTicketsQuery = z.infer<typeof listTicketsQuery>;

export const listSubOrdersQuery = z.strictObject({
  ...pageQuery,
  state: z
    .string()
    .transform((value) => value.split(','))
    .pipe(z.array(subOrderState).max(7))
    .optional(),
  mine: yesNo.optional(),
  overdue: yesNo.optional(),
});
export type ListSubOrdersQuery = z.infer<typeof listSubOrdersQuery>;

export const similarQuery = z.strictObject({ text: text(400, 2), region: regionCode.optional(), limit: z.coerce.number().int().min(1).max(20).default(5) });
export const urgeBody = z.strictObject({ note: text(400).optional() });
export const revealBody = z.strictObject({ field: z.enum(['name', 'phone', 'address', 'content']), complainantId: id.optional(), reason: text(200, 2) });
export const recordCallbackBody = callbackRecord;
export type CallbackBody = z.infer<typeof callbackRecord>;
export const linkBody = linkRef;
export const callerQuery = z.strictObject({ phone, reason: text(100, 2) });
