import { z } from 'zod';
import { cautionLightLabels } from '../vocabulary/clocks';
import { stageLabels } from '../vocabulary/stages';
import { oneOf } from './one-of';
import { regionCode } from './text';
import { deadlineExplanation } from './ticket-views';
import { formFields } from './ticket-fields';

const instantText = z.string().describe('ISO 8601，含 +08:00');

export const publicInquiryBody = z.strictObject({
  type: formFields.type.default('OTHER'),
  title: formFields.title.optional(),
  content: formFields.content,
  regionCode,
  address: formFields.address.optional(),
  name: formFields.name.optional(),
  phone: formFields.phone.optional(),
  isAnonymous: z.boolean().default(false),
  isSecret: z.boolean().optional(),
  needReply: z.boolean().default(true),
  source: z.enum(['WEB', 'APP', 'MINI_PROGRAM', 'WECHAT']).default('WEB'),
});
export type PublicInquiryBody = z.infer<typeof publicInquiryBody>;

export const publicInquiryReceipt = z.object({ number: z.string(), receiptCode: z.string(), acceptBy: instantText.nullable() });

export const progressQuery = z.strictObject({ code: z.string().min(16).max(40), last4: z.string().regex(/^\d{4}$/, { error: '请填手机号后四位' }) });

export const progressStep = z.object({
  label: z.string(),
  unit: z.string().nullable(),
  at: instantText.nullable(),
  dueOn: z.string().nullable(),
  status: z.enum(['DONE', 'CURRENT', 'TODO']),
});

export const ticketProgress = z.object({
  number: z.string(),
  title: z.string(),
  typeLabel: z.string(),
  stateLabel: z.string(),
  stage: oneOf(stageLabels),
  receivedAt: instantText,
  unit: z.string().nullable(),
  dueAt: instantText.nullable(),
  workingDaysLeft: z.int().nullable(),
  light: oneOf(cautionLightLabels),
  days: z.array(deadlineExplanation.shape.days.element),
  steps: z.array(progressStep),
  replies: z.array(z.object({ at: instantText, text: z.string() })),
  /** Which units and posts opened personal data, without names (security A-5). */
  seenBy: z.array(z.object({ at: instantText, unit: z.string(), field: z.string(), reason: z.string() })),
});
export type TicketProgress = z.infer<typeof ticketProgress>;
