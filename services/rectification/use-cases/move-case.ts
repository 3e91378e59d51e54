import { decide, type Performer } from '#contracts/lifecycles/lifecycle';
import { rectificationLifecycle, type RectificationInput, type RectificationState } from '#contracts/lifecycles/rectification.lifecycle';
import { type Actor, DomainError, fail, forbidden, invalid, matches, missing, stale, systemActor, toShanghaiIso } from '#kernel';
import type { UnitOfWork } from '#platform';
import { changeOf, isMove } from '../domain/change-of';
import { clockChangeOf } from '../domain/clocks';
import { factsAbout, outcomeOf } from '../domain/facts-about';
import type { CaseSnapshot, Rectification, RectificationChange } from '../domain/rectification';
import { announceCase } from './case-facts';
import type { CaseTools } from './deps';
import { createDueOf } from './due-of';
import { readSnapshot } from './read-snapshot';

export interface MoveRequest {
  readonly action: string;
  readonly input: RectificationInput;
  /** The version that the person saw. */
  readonly ifMatch: number;
}

export interface Moved {
  readonly id: string;
  readonly state: RectificationState;
  readonly version: number;
}

export type ReopenCase = (work: UnitOfWork, id: string, reason: string) => Promise<void>;

type Action = Parameters<typeof changeOf>[0];

const performersOf = (actor: Actor): readonly Performer[] => {
  if (actor.kind === 'staff') return actor.roles;
  return actor.kind === 'system' ? ['SYSTEM'] : [];
};

const refusal = (why: string, unmet: readonly { readonly guard: string; readonly message: string }[]): DomainError => {
  if (why === 'wrong-role') return forbidden();
  if (why === 'wrong-state')
    return new DomainError({ kind: 'conflict', code: 'rectification/wrong-state', message: '整改单当前所处环节不能进行这项操作。', unmet });
  return new DomainError({ kind: 'conflict', code: 'rectification/conditions-unmet', message: '还有条件没有满足，不能进行这项操作。', unmet });
};

/** Thrown inside the transaction; what a 412 tells is read after it, since a second connection may not be had inside. */
class CaseIsStale extends Error {
  constructor(readonly row: Rectification) {
    super('the case has moved');
  }
}

/** 412 with what changed, by whom and when (security D-8). */
const staleCase = async (tools: CaseTools, row: Rectification): Promise<DomainError> => {
  const last = await tools.trails.lastOf('rectification', row.id);
  const names = last?.actorKind === 'staff' ? await tools.staff.namesOf([last.actorId]) : new Map<string, string>();
  return stale({
    currentVersion: row.version,
    state: row.state,
    changedBy: last === null ? null : (names.get(last.actorId) ?? '系统'),
    changedAt: last === null ? null : toShanghaiIso(last.at),
  });
};

/** The one place where a case is looked up for somebody: hidden and absent are the same answer (security B-2). */
export const findVisible = async (tools: CaseTools, id: string, given: { readonly actor: Actor; readonly work?: UnitOfWork }): Promise<Rectification> => {
  const row = await tools.store.find(id, given.work);
  return row !== null && matches(tools.policy.scope(given.actor, 'rectification'), { ...row }) ? row : fail(missing('rectification'));
};

/** The routes check the shape; that nothing needed is left out is asked here as well, for every caller of the door. */
const checkNeeds = (needs: readonly string[], input: RectificationInput): void => {
  const given: Readonly<Record<string, unknown>> = { ...input };
  const errors = needs
    .filter((field) => given[field] === undefined || given[field] === '')
    .map((field) => ({ path: `/${field}`, code: 'required', message: '必填' }));
  if (errors.length > 0) throw invalid('还有必填的内容没有填写。', errors);
};

/** Attachments named in a move must hang on this case: no foreign ids (security A-1). */
const checkAttachments = (snapshot: CaseSnapshot, input: RectificationInput): void => {
  const foreign = (input.attachmentIds ?? []).some((id) => !snapshot.attachmentIds.includes(id));
  if (foreign) throw missing('attachment');
};

/** Attempts are written down when they are made: not ahead, and not from before the round. */
const checkTimes = ({ row }: CaseSnapshot, input: RectificationInput, now: number): void => {
  const callbackFrom = row.reviewedAt ?? row.roundStartedAt;
  const isWrong =
    [input.contact?.at.getTime() ?? now, input.callback?.at.getTime() ?? now].some((at) => at > now) || (input.callback?.at.getTime() ?? now) < callbackFrom;
  if (isWrong) throw new DomainError({ kind: 'invalid', code: 'rectification/attempt-time', message: '联系、回访时间不能晚于现在，回访不能早于审核通过。' });
};

const recordAttempts = async (
  tools: CaseTools,
  snapshot: CaseSnapshot,
  given: { readonly input: RectificationInput; readonly actor: Actor; readonly work: UnitOfWork },
) => {
  const { input, actor, work } = given;
  const { row } = snapshot;
  const common = { rectificationId: row.id, round: row.round, staffId: actor.id, recordedAt: work.now.getTime(), phoneHash: null };
  if (input.contact !== undefined) {
    const { at, method, result, note } = input.contact;
    await tools.store.addAttempt('contact', { ...common, id: tools.ids.next(), at: at.getTime(), method, result, note: tools.crypto.seal(note) }, work);
  }
  if (input.callback !== undefined) {
    const { at, method, result, note, phone } = input.callback;
    const phoneHash = phone === undefined ? null : tools.crypto.hashOf('phone', phone);
    await tools.store.addAttempt(
      'callback',
      { ...common, id: tools.ids.next(), at: at.getTime(), method, result, note: tools.crypto.seal(note), phoneHash },
      work,
    );
  }
};

interface Step {
  readonly action: Action;
  readonly input: RectificationInput;
  readonly actor: Actor;
  readonly unit: { readonly id: string; readonly path: string; readonly active: boolean } | null;
}

const runClocks = async (
  tools: CaseTools,
  snapshot: CaseSnapshot,
  given: { readonly step: Step; readonly to: RectificationState; readonly round: number; readonly work: UnitOfWork },
) => {
  const { row } = snapshot;
  const { step, work } = given;
  const board = { row, deadlines: await tools.store.deadlinesOf([row.id], work), pauses: await tools.store.pausesOf(row.id, work) };
  const change = clockChangeOf(board, {
    action: step.action,
    to: given.to,
    input: step.input,
    outcome: outcomeOf(snapshot, step.input),
    round: given.round,
    now: work.now.getTime(),
    terms: tools.termsOf(row.regionCode),
    due: createDueOf(tools.calendar, row.regionCode),
    newId: () => tools.ids.next(),
  });
  await tools.store.saveDeadlines(change.deadlines, work);
  await tools.store.savePauses(change.pauses, work);
  return change.set;
};

const writeMove = async (
  tools: CaseTools,
  snapshot: CaseSnapshot,
  given: { readonly step: Step; readonly to: RectificationState; readonly set: RectificationChange; readonly work: UnitOfWork },
): Promise<Rectification> => {
  const { row } = snapshot;
  const { step, to, set, work } = given;
  const after: Rectification = { ...row, ...set, state: to, version: row.version + 1 };
  if (!(await tools.store.changeIfUnchanged(row, { ...set, state: to }, work))) throw new CaseIsStale(row);
  const { attachmentIds, ...content } = step.input;
  work.trail({
    subject: 'rectification',
    subjectId: row.id,
    version: after.version,
    action: step.action,
    from: row.state,
    to,
    actor: step.actor,
    content,
    attachmentIds: attachmentIds ?? [],
  });
  const links = to === 'CLOSED_NOT_ADOPTED' ? await tools.store.linksOf([row.id], work) : [];
  announceCase(work, after, {
    name: 'rectification.moved',
    before: row,
    payload: {
      action: step.action,
      from: row.state,
      to,
      by: step.actor.id,
      version: after.version,
      round: after.round,
      at: toShanghaiIso(work.now),
      ratingIds: links.filter((link) => link.kind === 'rating').map((link) => link.originId),
    },
  });
  return after;
};

/** Decides, writes if unchanged, keeps the trail, tells the world: all in the transaction that is open. */
const applyMove = async (tools: CaseTools, snapshot: CaseSnapshot, given: { readonly step: Step; readonly work: UnitOfWork }): Promise<Rectification> => {
  const { step, work } = given;
  const { row } = snapshot;
  const now = work.now.getTime();
  const circumstances = {
    actor: step.actor,
    input: step.input,
    now,
    terms: tools.termsOf(row.regionCode),
    unitIsActive: step.input.orgId === undefined || step.unit?.active === true,
  };
  const facts = factsAbout(snapshot, circumstances);
  const decision = decide(rectificationLifecycle, { state: row.state }, { action: step.action, performers: performersOf(step.actor), facts });
  if (!decision.ok) throw refusal(decision.why, decision.unmet);
  checkNeeds(decision.row.needs ?? [], step.input);
  checkAttachments(snapshot, step.input);
  checkTimes(snapshot, step.input, now);
  const to = decision.to as RectificationState;
  const change = changeOf(step.action, snapshot, { ...circumstances, unit: step.unit });
  const clocks = await runClocks(tools, snapshot, { step, to, round: change.set.round ?? row.round, work });
  const content = change.form === undefined ? {} : { content: tools.crypto.seal(JSON.stringify(change.form)) };
  const after = await writeMove(tools, snapshot, { step, to, set: { ...change.set, ...clocks, ...content }, work });
  if (step.actor.kind === 'staff') await tools.store.addHands(row.id, step.actor.id, { parts: change.parts ?? [], work });
  await recordAttempts(tools, snapshot, { input: step.input, actor: step.actor, work });
  if (change.form !== undefined) await tools.store.dropDraft(row.id, work);
  return after;
};

/** The one door through which a rectification changes its state. */
export const createMoveCase =
  (tools: CaseTools) =>
  async (id: string, request: MoveRequest, actor: Actor): Promise<Moved> => {
    tools.policy.require(actor, 'rectification.move');
    const { action, input } = request;
    try {
      return await tools.database.inTransaction(async (work) => {
        const row = await findVisible(tools, id, { actor, work });
        if (!isMove(action)) throw refusal('wrong-state', []);
        if (row.version !== request.ifMatch) throw new CaseIsStale(row);
        const unit = input.orgId === undefined ? null : await tools.organizations.find(input.orgId, work);
        const after = await applyMove(tools, await readSnapshot(tools, row, work), { step: { action, input, actor, unit }, work });
        return { id, state: after.state, version: after.version };
      });
    } catch (error) {
      throw error instanceof CaseIsStale ? await staleCase(tools, error.row) : error;
    }
  };

/** For a second bad rating of a settled service: a new round, made by the product itself inside the intake's transaction. */
export const createReopenCase =
  (tools: CaseTools): ReopenCase =>
  async (work, id, reason) => {
    const row = (await tools.store.find(id, work)) ?? fail(missing('rectification'));
    await applyMove(tools, await readSnapshot(tools, row, work), { step: { action: 'reopen', input: { reason }, actor: systemActor, unit: null }, work });
  };
