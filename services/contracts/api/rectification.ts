import { z } from 'zod';
import { contactMethods, contactResults, rectificationLifecycle, type RectificationState } from '../lifecycles/rectification.lifecycle';
import { type RectificationClock, rectificationClocks } from '../vocabulary/rectification-terms';
import { ExplainedDeadline } from './calendar';
import { RatingChannelName, SatisfactionName } from './ratings';
import { id, instant, pageOf, pageQuery, phone, regionCode, text } from './text';

const namesOf = <T extends string>(table: Readonly<Record<T, unknown>>) => z.enum(Object.keys(table) as [T, ...T[]]);

export const RectificationStateName = namesOf<RectificationState>(rectificationLifecycle.states);
export const RectificationClockName = namesOf<RectificationClock>(rectificationClocks);

const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

export const RectificationQuery = z.strictObject({
  ...pageQuery,
  /** One or more, separated by commas. */
  state: z
    .string()
    .max(200)
    .transform((value) => value.split(','))
    .pipe(z.array(RectificationStateName))
    .optional(),
  org: id.optional(),
  region: regionCode.optional(),
  level: SatisfactionName.optional(),
  channel: RatingChannelName.optional(),
  realName: yesOrNo.optional(),
  overdue: yesOrNo.optional(),
  dueToday: yesOrNo.optional(),
  ratingId: id.optional(),
  q: z.string().trim().min(1).max(50).optional(),
  sort: z.enum(['timeLost', 'newest']).default('timeLost'),
});
export type RectificationQuery = z.infer<typeof RectificationQuery>;

export const MoveView = z.object({
  action: z.string(),
  label: z.string(),
  ok: z.boolean(),
  unmet: z.array(z.object({ guard: z.string(), message: z.string() })),
  needs: z.array(z.string()),
  takes: z.array(z.string()),
});

const Named = z.object({ id: z.string(), name: z.string() });

export const RectificationItem = z.object({
  id: z.string(),
  caseNo: z.string(),
  version: z.number(),
  state: RectificationStateName,
  stateLabel: z.string(),
  round: z.number(),
  level: SatisfactionName,
  levelLabel: z.string(),
  channel: RatingChannelName,
  channelLabel: z.string(),
  taskCode: z.string(),
  taskName: z.string(),
  regionCode: z.string(),
  windowName: z.string().nullable(),
  organization: Named.nullable(),
  isRealName: z.boolean(),
  rater: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  outcome: z.string().nullable(),
  outcomeLabel: z.string().nullable(),
  openedAt: z.string(),
  ratedAt: z.string(),
  dueAt: z.string().nullable(),
  rectifyDueAt: z.string(),
  firstDueAt: z.string(),
  isOverdue: z.boolean(),
  isPaused: z.boolean(),
  workingDaysLeft: z.number().nullable(),
  contactAttempts: z.number(),
  hasDraft: z.boolean(),
  closedDissatisfied: z.boolean(),
  closedAt: z.string().nullable(),
  moves: z.array(MoveView),
});
export type RectificationItem = z.infer<typeof RectificationItem>;
export const RectificationPage = pageOf(RectificationItem);

const AttemptView = z.object({
  id: z.string(),
  round: z.number(),
  at: z.string(),
  method: z.string(),
  methodLabel: z.string(),
  result: z.string(),
  resultLabel: z.string(),
  note: z.string(),
  by: z.string(),
});

const TagView = z.object({ code: z.string(), label: z.string(), pointsAtGuide: z.boolean() });

const CaseRating = z.object({
  id: z.string(),
  assessNumber: z.number(),
  level: SatisfactionName,
  levelLabel: z.string(),
  channelLabel: z.string(),
  tags: z.array(TagView),
  words: z.string().nullable(),
  rater: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  windowName: z.string().nullable(),
  clerkName: z.string().nullable(),
  assessTime: z.string(),
  acceptDate: z.string(),
});

const DeadlineView = z.object({
  clock: RectificationClockName,
  label: z.string(),
  round: z.number(),
  startsAt: z.string(),
  workingDays: z.number(),
  firstDueAt: z.string(),
  dueAt: z.string(),
  metAt: z.string().nullable(),
  isOverdue: z.boolean(),
  provisional: z.boolean(),
});

const TimelineEntry = z.object({
  at: z.string(),
  kind: z.enum(['MOVE', 'CONTACT', 'CALLBACK', 'RATING']),
  label: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  by: z.string(),
  organization: z.string().nullable(),
  content: z.record(z.string(), z.unknown()),
  attachmentIds: z.array(z.string()),
});

/** What the department writes; a draft of it may hold anything that is not finished yet. */
export const RectificationForm = z.strictObject({
  opinion: text(2000, 0).optional(),
  reason: text(1000, 0).optional(),
  isTrue: z.boolean().optional(),
  isReasonable: z.boolean().optional(),
  outcome: z.enum(['IMMEDIATE_FIX', 'TIMED_FIX', 'EXPLANATION']).optional(),
  examination: text(2000, 0).optional(),
  measures: text(2000, 0).optional(),
  finishedAt: z.iso.datetime({ offset: true }).optional(),
  ledger: text(2000, 0).optional(),
  finishBy: z.iso.date().optional(),
  basis: text(1000, 0).optional(),
  explanation: text(2000, 0).optional(),
  reply: text(2000, 0).optional(),
  replyMethod: namesOf(contactMethods).optional(),
});
export type RectificationForm = z.infer<typeof RectificationForm>;

/** The checklist of closure: rules §6.3, one line each, seen without a click (product.md §5.2). */
const ClosureCheck = z.object({ key: z.string(), label: z.string(), done: z.boolean(), by: z.string(), detail: z.string().nullable() });
export type ClosureCheck = z.infer<typeof ClosureCheck>;

export const RectificationDetail = RectificationItem.extend({
  sourceSystem: z.string(),
  projectNo: z.string(),
  serviceNumber: z.number(),
  deptCode: z.string(),
  isTrue: z.boolean().nullable(),
  isReasonable: z.boolean().nullable(),
  notAdoptedCategory: z.string().nullable(),
  ratings: z.array(CaseRating),
  form: RectificationForm,
  draft: z.object({ form: RectificationForm, savedAt: z.string(), by: z.string(), draftVersion: z.number() }).nullable(),
  contacts: z.array(AttemptView),
  callbacks: z.array(AttemptView),
  attachmentIds: z.array(z.string()),
  deadlines: z.array(DeadlineView),
  timeline: z.array(TimelineEntry),
  missingForClosure: z.array(ClosureCheck),
  /** Tags that say that the guide itself is wrong (rules §5.4). */
  pointsAtGuide: z.boolean(),
});
export type RectificationDetail = z.infer<typeof RectificationDetail>;

export const Moved = z.object({ id: z.string(), state: RectificationStateName, version: z.number() });

const method = namesOf(contactMethods);

export const ContactInput = z.strictObject({ at: instant, method, result: namesOf(contactResults), note: text(1000) });
export const CallbackInput = z.strictObject({
  at: instant,
  method,
  result: z.enum(['ACCEPTED', 'DISSATISFIED', 'NO_ANSWER', 'WRONG_NUMBER', 'REFUSED']),
  note: text(1000),
  phone: phone.optional(),
});

/** A plain look at the rater, for a reason that is kept (rules §11.2). */
export const RevealRater = z.strictObject({ field: z.enum(['name', 'phone']), reason: text(200, 2) });
export const RevealedRater = z.object({ field: z.enum(['name', 'phone']), value: z.string() });

export const SavedDraft = z.object({ draftVersion: z.number(), savedAt: z.string() });

/** Today's work of the person who asks, most urgent kind first. */
export const MustDo = z.object({
  overdue: z.number(),
  dueToday: z.number(),
  toAssign: z.number(),
  toVerify: z.number(),
  toRectify: z.number(),
  sentBack: z.number(),
  toReview: z.number(),
  toCallBack: z.number(),
  appealing: z.number(),
});
export type MustDo = z.infer<typeof MustDo>;

/** The stored deadline of a clock, recounted day by day with the calendar of its time. */
export const ExplainedCaseDeadline = ExplainedDeadline.extend({
  clock: RectificationClockName,
  label: z.string(),
  firstDueAt: z.string(),
  storedDueAt: z.string(),
  metAt: z.string().nullable(),
  pauses: z.array(z.object({ from: z.string(), to: z.string().nullable() })),
});
export type ExplainedCaseDeadline = z.infer<typeof ExplainedCaseDeadline>;
