import { z } from 'zod';
import { subOrderLifecycle } from '../lifecycles/sub-order.lifecycle';
import { ticketLifecycle } from '../lifecycles/ticket.lifecycle';
import { sourceChannelLabels } from '../vocabulary/source-channels';
import { ticketTypeLabels } from '../vocabulary/ticket-types';
import { urgencyLabels } from '../vocabulary/urgency';
import { oneOf } from './one-of';
import { day, id, phone, regionCode, text } from './text';

export const ticketState = oneOf(ticketLifecycle.states);
export const subOrderState = oneOf(subOrderLifecycle.states);

export const detailFields = {
  matter: text(400),
  itemId: id,
  receivingRegion: regionCode,
  handlingRegion: regionCode,
  accusedName: text(200),
  conduct: text(2000),
  occurredOn: day,
  demand: text(1000),
  clues: text(4000),
  field: text(200),
};

/** Everything that a person may type into the form; a draft holds any part of it (rules §3.2). */
export const formFields = {
  type: oneOf(ticketTypeLabels),
  source: oneOf(sourceChannelLabels),
  title: text(100),
  content: text(4000),
  name: text(40),
  phone,
  isAnonymous: z.boolean(),
  regionCode,
  address: text(200),
  urgency: oneOf(urgencyLabels),
  isComplex: z.boolean(),
  categoryCode: z.string().regex(/^\d{2}(\d{2}){0,2}$/, { error: '分类代码格式不对' }),
  isSecret: z.boolean(),
  needReply: z.boolean(),
  accusedOrgId: id,
  accusedStaffId: id,
  details: z.strictObject(detailFields).partial(),
};
