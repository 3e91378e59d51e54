import type { RectificationInput } from '#contracts/lifecycles/rectification.lifecycle';
import { createCalendar } from '#calendar';
import { createPolicy } from '#identity';
import { type Actor, createIds, type StaffActor, systemActor } from '#kernel';
import { createAttachments, createTrails, type FileStore } from '#platform';
import { createRatingReader, createRatings, type Ratings } from '#ratings';
import { createRectification, type RectificationModule } from '#rectification';
import { aBadRating, aStaff, parsed, type RawRating } from './ratings';
import { openTemporaryDatabase, type TemporaryDatabase } from './temporary-database';

const memoryFiles = (): FileStore => {
  const kept = new Map<string, Buffer>();
  return {
    put: (id, content) => {
      kept.set(id, content);
      return Promise.resolve();
    },
    get: (id) => Promise.resolve(kept.get(id) ?? Buffer.alloc(0)),
    remove: (id) => {
      kept.delete(id);
      return Promise.resolve();
    },
  };
};

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const units = [
  { id: 'bureau', path: '/province/city/bureau/', deptCode: '11990100MB0000001X', active: true },
  { id: 'other', path: '/province/city/other/', deptCode: '11990100MB0000002X', active: true },
  { id: 'gone', path: '/province/city/gone/', deptCode: '11990100MB0000003X', active: false },
] as const;

const inBureau = { orgId: 'bureau', orgPath: '/province/city/bureau/', regionCode: '990100' };
const inCentre = { orgId: 'centre', orgPath: '/province/centre/', regionCode: '990000' };

export const people = {
  handler: aStaff({ id: 'handler', roles: ['HANDLER'], ...inBureau }),
  handler2: aStaff({ id: 'handler2', roles: ['HANDLER'], ...inBureau }),
  clerk: aStaff({ id: 'clerk', roles: ['HANDLER'], ...inBureau }),
  approver: aStaff({ id: 'approver', roles: ['ORG_APPROVER'], ...inBureau }),
  stranger: aStaff({ id: 'stranger', roles: ['HANDLER', 'ORG_APPROVER'], orgId: 'other', orgPath: '/province/city/other/', regionCode: '990100' }),
  supervisor: aStaff({ id: 'supervisor', roles: ['RATING_SUPERVISOR'], ...inCentre }),
  supervisor2: aStaff({ id: 'supervisor2', roles: ['RATING_SUPERVISOR'], ...inCentre }),
  caller: aStaff({ id: 'caller', roles: ['CALLBACK_AGENT'], ...inCentre }),
  caller2: aStaff({ id: 'caller2', roles: ['CALLBACK_AGENT'], ...inCentre }),
  judge: aStaff({ id: 'judge', roles: ['APPEAL_REVIEWER'], ...inCentre }),
  insideJudge: aStaff({ id: 'inside-judge', roles: ['APPEAL_REVIEWER'], ...inBureau, regionCode: '990000' }),
  jack: aStaff({ id: 'jack', roles: ['HANDLER', 'ORG_APPROVER', 'RATING_SUPERVISOR', 'CALLBACK_AGENT', 'APPEAL_REVIEWER'], ...inBureau, regionCode: '990000' }),
  manager: aStaff({ id: 'manager', roles: ['MANAGER'], ...inCentre }),
} as const satisfies Readonly<Record<string, StaffActor>>;

export interface World {
  readonly temporary: TemporaryDatabase;
  readonly ratings: Ratings;
  readonly rectification: RectificationModule;
  /** Takes a bad rating in and answers its case. */
  open(changes?: Partial<RawRating> & { readonly named?: boolean }): Promise<string>;
  move(id: string, action: string, given: { readonly by: Actor; readonly input?: RectificationInput; readonly ifMatch?: number }): Promise<number>;
  attach(id: string, by?: StaffActor): Promise<string>;
  version(id: string): Promise<number>;
  state(id: string): Promise<string>;
  now(): Date;
  /** From the intake to the named stage, with the right people. */
  verified(id: string, outcome?: 'IMMEDIATE_FIX' | 'TIMED_FIX' | 'EXPLANATION'): Promise<void>;
  submitted(id: string): Promise<void>;
  approved(id: string): Promise<void>;
  closed(id: string): Promise<void>;
  close(): Promise<void>;
}

export const aMoment = (world: Pick<World, 'now'>) => ({ at: world.now(), method: 'PHONE', note: '已说明' }) as const;

export const openWorld = async (now = '2026-10-12T01:00:00.000Z'): Promise<World> => {
  const temporary = await openTemporaryDatabase(now);
  const { database, crypto, clock } = temporary;
  const ids = createIds(clock);
  const policy = createPolicy();
  const attachments = createAttachments({ database, files: memoryFiles(), ids });
  const organizations = {
    find: (id: string) => Promise.resolve((units.find((unit) => unit.id === id) ?? null) as never),
    pathOf: (id: string) => Promise.resolve(units.find((unit) => unit.id === id)?.path ?? null),
    namesOf: (given: readonly string[]) => Promise.resolve(new Map(given.map((id) => [id, id]))),
    byDeptCodes: (codes: readonly string[]) =>
      Promise.resolve(new Map(units.filter((unit) => unit.active && codes.includes(unit.deptCode)).map((unit) => [unit.deptCode as string, unit]))),
  };
  const staff = {
    namesOf: (given: readonly string[]) => Promise.resolve(new Map(given.map((id) => [id, id]))),
    findClerk: ({ name }: { readonly name: string }) => Promise.resolve(name === '被评人' ? { id: 'clerk' } : null),
  };
  const rectification = createRectification({
    database,
    clock,
    ids,
    crypto,
    policy,
    organizations,
    staff,
    attachments,
    calendar: createCalendar({ database, clock }),
    trails: createTrails(database, crypto),
    ratings: createRatingReader({ database, crypto }),
  });
  const ratings = createRatings({ database, ids, crypto, policy, organizations, staff, openCases: rectification.openCases });

  const world: World = {
    temporary,
    ratings,
    rectification,
    now: () => clock.now(),
    open: async (changes) => {
      const received = await ratings.receive(parsed(aBadRating(changes)), systemActor);
      return received.receipt.rectificationId ?? '';
    },
    version: async (id) => (await rectification.getCase(id, people.supervisor)).version,
    state: async (id) => (await rectification.getCase(id, people.supervisor)).state,
    move: async (id, action, given) => {
      const ifMatch = given.ifMatch ?? (await world.version(id));
      return (await rectification.moveCase(id, { action, input: given.input ?? {}, ifMatch }, given.by)).version;
    },
    attach: async (id, by = people.handler) =>
      (await attachments.add({ subject: 'rectification', subjectId: id, purpose: 'EVIDENCE', fileName: '整改后.png', content: png }, by)).id,
    verified: async (id, outcome = 'IMMEDIATE_FIX') => {
      const detail = await rectification.getCase(id, people.supervisor);
      const proof = detail.isRealName ? { contact: { ...aMoment(world), result: 'REACHED' as const } } : { examination: '调阅窗口录像' };
      const isReasonable = outcome !== 'EXPLANATION';
      await world.move(id, 'verify', { by: people.handler, input: { isTrue: true, isReasonable, outcome, opinion: '属实', ...proof } });
    },
    submitted: async (id) => {
      await world.attach(id);
      const { outcome } = await rectification.getCase(id, people.supervisor);
      const materials: RectificationInput =
        outcome === 'EXPLANATION'
          ? { basis: '暂行办法第十条', explanation: '已说明' }
          : { measures: '撤下旧告知牌', finishedAt: world.now(), reason: '涉及两个窗口', ledger: '台账一', finishBy: '2026-10-20' };
      await world.move(id, 'submit', { by: people.handler, input: { ...materials, reply: '已整改，感谢指出', replyMethod: 'PHONE' } });
    },
    approved: async (id) => {
      await world.move(id, 'approve', { by: people.supervisor });
    },
    closed: async (id) => {
      await world.verified(id);
      await world.submitted(id);
      await world.approved(id);
      if ((await world.state(id)) === 'PENDING_CALLBACK') {
        await world.move(id, 'callbackPass', { by: people.caller, input: { callback: { ...aMoment(world), result: 'ACCEPTED' } } });
      }
    },
    close: () => temporary.close(),
  };
  return world;
};
