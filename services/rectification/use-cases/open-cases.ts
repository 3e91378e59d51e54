import { decide } from '#contracts/lifecycles/lifecycle';
import { rectificationLifecycle } from '#contracts/lifecycles/rectification.lifecycle';
import { fail, shanghaiDay, systemActor } from '#kernel';
import { DomainError } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { BadRating, OpenCases } from '#ratings';
import { type CaseDeadline, ledgerMonthOf, verifyAmountOf } from '../domain/clocks';
import { isOpen, type Rectification } from '../domain/rectification';
import { announceCase } from './case-facts';
import type { CaseTools } from './deps';
import { createDueOf } from './due-of';
import type { ReopenCase } from './move-case';

const keyOf = (service: Pick<BadRating, 'sourceSystem' | 'projectNo' | 'serviceNumber'>): string =>
  `${service.sourceSystem}\n${service.projectNo}\n${service.serviceNumber}`;

interface NewCase {
  readonly row: Rectification;
  readonly deadlines: readonly CaseDeadline[];
}

const startState = (rating: BadRating): Rectification['state'] => {
  const decision = decide(rectificationLifecycle, { state: null }, { action: 'create', performers: ['SYSTEM'], facts: { unitIsKnown: rating.unit !== null } });
  return decision.ok
    ? (decision.to as Rectification['state'])
    : fail(new DomainError({ kind: 'conflict', code: 'rectification/not-created', message: '整改单未能生成。' }));
};

const openDeadlines = (rating: BadRating, id: string, given: { readonly tools: CaseTools; readonly now: number }) => {
  const { tools, now } = given;
  const terms = tools.termsOf(rating.regionCode);
  const due = createDueOf(tools.calendar, rating.regionCode);
  const verifyAmount = verifyAmountOf(rating.isRealName, terms);
  const make = (clockName: 'verify' | 'rectify', amount: number): CaseDeadline => {
    const { dueAt, provisional, calendarVersion } = due({ startsAt: now, amount, pauses: [] });
    const fixed = { rectificationId: id, round: 1, startsAt: now, firstDueAt: dueAt, termsVersion: terms.version, metAt: null };
    return { id: tools.ids.next(), clockName, amount, dueAt, provisional, calendarVersion, ...fixed };
  };
  // rules §6.5: written at the intake as verification plus dated fix, so that a case nobody verifies falls due all the same.
  return { verify: make('verify', verifyAmount), rectify: make('rectify', verifyAmount + terms.timedFix) };
};

const untouched = {
  version: 1,
  round: 1,
  verifiedAt: null,
  isTrue: null,
  isReasonable: null,
  outcome: null,
  appealedAt: null,
  pausedAt: null,
  extensions: 0,
  submittedAt: null,
  repliedAt: null,
  reviewedAt: null,
  calledBackAt: null,
  callbackResult: null,
  closedAt: null,
  closedDissatisfied: false,
  notAdoptedCategory: null,
  appealFileDueAt: null,
  evidenceCount: 0,
  content: null,
} as const;

const newCase = (rating: BadRating, given: { readonly tools: CaseTools; readonly now: number; readonly caseNo: string }): NewCase => {
  const id = given.tools.ids.next();
  const { verify, rectify } = openDeadlines(rating, id, given);
  const row: Rectification = {
    id,
    caseNo: given.caseNo,
    sourceSystem: rating.sourceSystem,
    projectNo: rating.projectNo,
    serviceNumber: rating.serviceNumber,
    state: startState(rating),
    level: rating.level,
    channel: rating.channel,
    caseType: rating.caseType,
    taskCode: rating.taskCode,
    taskName: rating.taskName,
    regionCode: rating.regionCode,
    deptCode: rating.deptCode,
    windowName: rating.windowName,
    isRealName: rating.isRealName,
    orgId: rating.unit?.id ?? null,
    orgPath: rating.unit?.path ?? null,
    ratedOrgPath: rating.unit?.path ?? null,
    ratedStaffId: rating.ratedStaffId,
    ratedAt: rating.assessAt.getTime(),
    openedAt: given.now,
    roundStartedAt: given.now,
    verifyDueAt: verify.dueAt,
    rectifyDueAt: rectify.dueAt,
    rectifyFirstDueAt: rectify.dueAt,
    currentDueAt: verify.dueAt,
    ledgerDueAt: rectify.dueAt,
    ledgerMonth: ledgerMonthOf(rectify.dueAt),
    ...untouched,
  };
  return { row, deadlines: [verify, rectify] };
};

const announceOpened = (work: UnitOfWork, row: Rectification, ratingId: string): void => {
  work.trail({
    subject: 'rectification',
    subjectId: row.id,
    version: 1,
    action: 'create',
    from: null,
    to: row.state,
    actor: systemActor,
    content: { origin: ratingId, orgId: row.orgId },
  });
  announceCase(work, row, {
    name: 'rectification.opened',
    payload: { caseNo: row.caseNo, state: row.state, level: row.level, originId: ratingId, version: 1 },
  });
};

/** Services of the batch that have no case yet, each once, in the order of their first bad rating. */
const openNew = async (ratings: readonly BadRating[], known: Map<string, Rectification>, run: { readonly tools: CaseTools; readonly work: UnitOfWork }) => {
  const { tools, work } = run;
  const firsts = new Map<string, BadRating>();
  for (const rating of ratings) if (!known.has(keyOf(rating)) && !firsts.has(keyOf(rating))) firsts.set(keyOf(rating), rating);
  if (firsts.size === 0) return firsts;
  const day = shanghaiDay(work.now).replaceAll('-', '');
  const firstNo = await tools.store.nextCaseNumbers(day, firsts.size, work);
  const opened = [...firsts].map(([key, rating], index) => {
    const made = newCase(rating, { tools, now: work.now.getTime(), caseNo: `R${day}${String(firstNo + index).padStart(6, '0')}` });
    known.set(key, made.row);
    announceOpened(work, made.row, rating.origin.id);
    return made;
  });
  await tools.store.insert(
    opened.map((made) => made.row),
    work,
  );
  await tools.store.insertDeadlines(
    opened.flatMap((made) => made.deadlines),
    work,
  );
  return firsts;
};

/** A further bad rating of a service: joins the open case, or opens a new round of a settled one (rules §5.3.4). */
const joinOrReopen = async (
  rating: BadRating,
  row: Rectification,
  run: { readonly tools: CaseTools; readonly work: UnitOfWork; readonly reopen: ReopenCase },
): Promise<void> => {
  announceCase(run.work, row, { name: 'rectification.ratingJoined', payload: { originId: rating.origin.id, version: row.version } });
  if (!isOpen(row)) await run.reopen(run.work, row.id, '同一次服务再次差评');
  // After the reopening: what was closed for an unknown rater lacks the reply and the call-back that a known one is owed.
  if (rating.isRealName && !row.isRealName) await run.tools.store.makeNamed(row.id, run.work);
};

/** The port that the ratings module calls inside its own transaction: every bad rating has exactly one case (security I-03). */
export const createOpenCases =
  (tools: CaseTools, reopen: ReopenCase): OpenCases =>
  async (work, ratings) => {
    const known = new Map((await tools.store.findByServices(ratings, work)).map((row) => [keyOf(row), row]));
    const firsts = await openNew(ratings, known, { tools, work });
    const at = work.now.getTime();
    const links = ratings.map((rating) => ({ originId: rating.origin.id, kind: rating.origin.kind, rectificationId: known.get(keyOf(rating))?.id ?? '', at }));
    await tools.store.link(links, work);
    for (const rating of ratings) {
      const row = known.get(keyOf(rating));
      if (row === undefined || firsts.get(keyOf(rating)) === rating) continue;
      await joinOrReopen(rating, row, { tools, work, reopen });
      known.set(keyOf(rating), (await tools.store.find(row.id, work)) ?? row);
    }
    return links.map((link) => link.rectificationId);
  };
