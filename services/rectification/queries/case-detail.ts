import type { ExplainedCaseDeadline, RectificationDetail } from '#contracts/api/rectification';
import { contactMethods, contactResults, rectificationLifecycle, type RectificationState } from '#contracts/lifecycles/rectification.lifecycle';
import { ratingChannels, type RatingChannel } from '#contracts/vocabulary/rating-channels';
import { type RectificationClock, rectificationClocks } from '#contracts/vocabulary/rectification-terms';
import { satisfactionLevels } from '#contracts/vocabulary/satisfaction';
import { explainedDeadline } from '#calendar';
import { type Actor, fail, maskText, missing, toShanghaiIso } from '#kernel';
import type { TrailEntry } from '#platform';
import type { RatingSummary } from '#ratings';
import type { CaseDeadline } from '../domain/clocks';
import type { Attempt, CaseSnapshot } from '../domain/rectification';
import type { CaseTools } from '../use-cases/deps';
import { findVisible } from '../use-cases/move-case';
import { readSnapshot } from '../use-cases/read-snapshot';
import { iso, isoOrNull, movesFor, toItem } from './case-items';
import { closureChecks } from './closure-checks';

type Names = ReadonlyMap<string, string>;
type Timeline = RectificationDetail['timeline'];

const callbackResults: Readonly<Record<string, string>> = { ...contactResults, ACCEPTED: '评价人认可', DISSATISFIED: '仍不满意' };
const labelOf = (labels: Readonly<Record<string, string>>, code: string): string => labels[code] ?? code;

const attemptView = (attempt: Attempt, tools: CaseTools, names: Names): RectificationDetail['contacts'][number] => ({
  id: attempt.id,
  round: attempt.round,
  at: iso(attempt.at),
  method: attempt.method,
  methodLabel: labelOf(contactMethods, attempt.method),
  result: attempt.result,
  resultLabel: labelOf(callbackResults, attempt.result),
  note: maskText(tools.crypto.open(attempt.note)),
  by: names.get(attempt.staffId) ?? '系统',
});

const ratingView = (rating: RatingSummary): RectificationDetail['ratings'][number] => ({
  id: rating.id,
  assessNumber: rating.assessNumber,
  level: rating.level,
  levelLabel: satisfactionLevels[rating.level].label,
  channelLabel: ratingChannels[rating.channel as RatingChannel].label,
  tags: rating.tags.map((tag) => ({ ...tag })),
  words: rating.words,
  rater: { name: rating.rater.name, phone: rating.rater.phone },
  windowName: rating.windowName,
  clerkName: rating.clerkName,
  assessTime: toShanghaiIso(rating.assessAt),
  acceptDate: toShanghaiIso(rating.acceptAt),
});

const deadlineView = (deadline: CaseDeadline, now: number): RectificationDetail['deadlines'][number] => ({
  clock: deadline.clockName,
  label: rectificationClocks[deadline.clockName],
  round: deadline.round,
  startsAt: iso(deadline.startsAt),
  workingDays: deadline.amount,
  firstDueAt: iso(deadline.firstDueAt),
  dueAt: iso(deadline.dueAt),
  metAt: isoOrNull(deadline.metAt),
  isOverdue: (deadline.metAt ?? now) > deadline.dueAt,
  provisional: deadline.provisional,
});

/** Numbers of people are masked wherever somebody wrote them (security P-2). */
const maskedValue = (value: unknown): unknown => {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(maskedValue);
  return typeof value === 'object' && value !== null ? maskedContent(value as Readonly<Record<string, unknown>>) : value;
};

const maskedContent = (content: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(content).map(([name, value]) => [name, maskedValue(value)]));

const moveLabel = (step: TrailEntry): string => (step.action === 'recomputeDeadline' ? '日历更新，期限重算' : tableLabel(step));

const tableLabel = (step: TrailEntry): string =>
  rectificationLifecycle.rows.find((row) => row.on === step.action && row.to === step.to)?.label ??
  rectificationLifecycle.rows.find((row) => row.on === step.action)?.label ??
  step.action;

const stateLabel = (state: string | null): string | null => (state === null ? null : rectificationLifecycle.states[state as RectificationState].label);

const timelineOf = (given: { readonly trail: readonly TrailEntry[]; readonly attempts: Timeline; readonly names: Names; readonly units: Names }): Timeline => {
  const moves = given.trail.map((step) => ({
    at: toShanghaiIso(step.at),
    kind: 'MOVE' as const,
    label: moveLabel(step),
    from: stateLabel(step.from),
    to: stateLabel(step.to),
    by: given.names.get(step.actorId) ?? '系统',
    organization: given.units.get(step.actorOrgId ?? '') ?? null,
    content: maskedContent(step.content),
    attachmentIds: [...step.attachmentIds],
  }));
  return [...moves, ...given.attempts].sort((a, b) => (a.at < b.at ? -1 : 1));
};

const attemptEntries = (snapshot: CaseSnapshot, tools: CaseTools, names: Names): Timeline => {
  const entry = (kind: 'CONTACT' | 'CALLBACK', attempt: Attempt) => {
    const view = attemptView(attempt, tools, names);
    const label = `${kind === 'CONTACT' ? '联系评价人' : '回访'}：${view.methodLabel}，${view.resultLabel}`;
    return { at: view.at, kind, label, from: null, to: null, by: view.by, organization: null, content: { note: view.note }, attachmentIds: [] };
  };
  return [...snapshot.contacts.map((attempt) => entry('CONTACT', attempt)), ...snapshot.callbacks.map((attempt) => entry('CALLBACK', attempt))];
};

const draftView = async (tools: CaseTools, snapshot: CaseSnapshot): Promise<RectificationDetail['draft']> => {
  const [draft] = await tools.store.draftsOf([snapshot.row.id]);
  if (draft === undefined) return null;
  const names = await tools.staff.namesOf([draft.savedBy]);
  return { form: { ...snapshot.draft }, savedAt: iso(draft.savedAt), by: names.get(draft.savedBy) ?? '', draftVersion: draft.draftVersion };
};

const peopleOf = (tools: CaseTools, snapshot: CaseSnapshot, trail: readonly TrailEntry[]): Promise<Names> =>
  tools.staff.namesOf([
    ...trail.filter((step) => step.actorKind === 'staff').map((step) => step.actorId),
    ...[...snapshot.contacts, ...snapshot.callbacks].map((attempt) => attempt.staffId),
  ]);

/** Everything about one case that the desk shows. */
export const createGetCase =
  (tools: CaseTools) =>
  async (id: string, actor: Actor): Promise<RectificationDetail> => {
    tools.policy.require(actor, 'rectification.read');
    const row = await findVisible(tools, id, { actor });
    const snapshot = await readSnapshot(tools, row);
    const trail = await tools.trails.of('rectification', id);
    const names = await peopleOf(tools, snapshot, trail);
    const units = await tools.organizations.namesOf([row.orgId ?? '', ...trail.map((step) => step.actorOrgId ?? '')].filter((orgId) => orgId !== ''));
    const [ratings = []] = await tools.ratings.ofServices([row]);
    const item = toItem(tools, row, {
      ratings,
      organizationName: units.get(row.orgId ?? '') ?? null,
      contactAttempts: snapshot.contacts.length,
      hasDraft: Object.keys(snapshot.draft).length > 0,
      moves: movesFor(tools, snapshot, actor),
    });
    return {
      ...item,
      sourceSystem: row.sourceSystem,
      projectNo: row.projectNo,
      serviceNumber: row.serviceNumber,
      deptCode: row.deptCode,
      isTrue: row.isTrue,
      isReasonable: row.isReasonable,
      notAdoptedCategory: row.notAdoptedCategory,
      ratings: ratings.map(ratingView),
      form: { ...snapshot.written },
      draft: await draftView(tools, snapshot),
      contacts: snapshot.contacts.map((attempt) => attemptView(attempt, tools, names)),
      callbacks: snapshot.callbacks.map((attempt) => attemptView(attempt, tools, names)),
      attachmentIds: [...snapshot.attachmentIds],
      deadlines: (await tools.store.deadlinesOf([id])).map((deadline) => deadlineView(deadline, tools.clock.now().getTime())),
      timeline: timelineOf({ trail, attempts: attemptEntries(snapshot, tools, names), names, units }),
      missingForClosure: [...closureChecks(snapshot, tools.termsOf(row.regionCode))],
      pointsAtGuide: ratings.some((rating) => rating.tags.some((tag) => tag.pointsAtGuide)),
    };
  };

/** The last deadline of a clock, recounted day by day by the calendar that it was computed with. */
export const createExplainDeadline =
  (tools: CaseTools) =>
  async (id: string, clock: RectificationClock, actor: Actor): Promise<ExplainedCaseDeadline> => {
    tools.policy.require(actor, 'rectification.read');
    const row = await findVisible(tools, id, { actor });
    const deadline = (await tools.store.deadlinesOf([id])).findLast((entry) => entry.clockName === clock) ?? fail(missing('resource'));
    const pauses = (await tools.store.pausesOf(id)).filter((pause) => pause.clockName === clock);
    const ended = pauses.flatMap((pause) => (pause.toAt === null ? [] : [{ from: new Date(pause.fromAt), to: new Date(pause.toAt) }]));
    const explained = explainedDeadline(tools.calendar.asOf(deadline.calendarVersion), {
      from: new Date(deadline.startsAt),
      amount: deadline.amount,
      unit: 'WORKING_DAY',
      region: row.regionCode,
      pauses: ended,
    });
    return {
      ...explained,
      days: explained.days.map((day) => ({ ...day })),
      clock,
      label: rectificationClocks[clock],
      firstDueAt: iso(deadline.firstDueAt),
      storedDueAt: iso(deadline.dueAt),
      metAt: isoOrNull(deadline.metAt),
      pauses: pauses.map((pause) => ({ from: iso(pause.fromAt), to: isoOrNull(pause.toAt) })),
    };
  };
