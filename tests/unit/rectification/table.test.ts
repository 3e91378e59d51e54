import { actionsOf } from '#contracts/lifecycles/lifecycle';
import { rectificationLifecycle, type RectificationInput, type RectificationState } from '#contracts/lifecycles/rectification.lifecycle';
import type { Role } from '#contracts/vocabulary/roles';
import { aBadRating, parsed } from '../../support/ratings';
import { systemActor } from '#kernel';
import { aMoment, openWorld, people, type World } from '../../support/rectification-world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const goodInput = (): RectificationInput => ({
  opinion: '意见',
  reason: '理由',
  orgId: 'bureau',
  isTrue: true,
  isReasonable: true,
  outcome: 'IMMEDIATE_FIX',
  contact: { ...aMoment(world), result: 'REACHED' },
  measures: '措施',
  finishedAt: world.now(),
  reply: '回复',
  category: 'MISTAKEN',
  basis: '依据',
  days: 1,
  noticeMethod: 'PHONE',
});

/** Each state reached by the moves that lead there. */
const reach: Readonly<Record<RectificationState, () => Promise<string>>> = {
  PENDING_ASSIGN: () => world.open({ deptCode: '11990100MB0000009X' }),
  PENDING_VERIFY: () => world.open(),
  RECTIFYING: async () => {
    const id = await world.open();
    await world.verified(id);
    return id;
  },
  APPEALING: async () => {
    const id = await reach.RECTIFYING();
    const attachment = await world.attach(id);
    await world.move(id, 'appeal', { by: people.approver, input: { reason: '评错对象', attachmentIds: [attachment] } });
    return id;
  },
  PENDING_REVIEW: async () => {
    const id = await reach.RECTIFYING();
    await world.submitted(id);
    return id;
  },
  PENDING_CALLBACK: async () => {
    const id = await reach.PENDING_REVIEW();
    await world.approved(id);
    return id;
  },
  CLOSED: async () => {
    const id = await world.open();
    await world.closed(id);
    return id;
  },
  CLOSED_NOT_ADOPTED: async () => {
    const id = await reach.APPEALING();
    await world.move(id, 'uphold', { by: people.judge, input: { category: 'MISTAKEN', basis: '办法第三条', opinion: '误评' } });
    return id;
  },
};

const states = Object.keys(reach) as RectificationState[];
const performers: readonly (readonly [Role, (typeof people)[keyof typeof people]])[] = [
  ['HANDLER', people.handler2],
  ['ORG_APPROVER', people.approver],
  ['RATING_SUPERVISOR', people.supervisor2],
  ['CALLBACK_AGENT', people.caller2],
  ['APPEAL_REVIEWER', people.judge],
  ['MANAGER', people.manager],
];
const actions = actionsOf(rectificationLifecycle).filter((action) => action !== 'create');

describe('表外的一律拒绝', () => {
  test.each(states)('in %s nobody makes a move that the table does not list for the role', async (state) => {
    const id = await reach[state]();
    const before = await world.version(id);
    for (const action of actions) {
      for (const [role, by] of performers) {
        const isListed = rectificationLifecycle.rows.some(
          (row) => row.on === action && (row.from as readonly string[]).includes(state) && (row.by as readonly string[]).includes(role),
        );
        if (isListed) continue;
        const attempt = world.move(id, action, { by, input: goodInput(), ifMatch: before });
        await expect(attempt).rejects.toMatchObject({ kind: expect.stringMatching(/^(forbidden|conflict|missing)$/) });
      }
    }
    expect(await world.version(id)).toBe(before);
    expect(await world.state(id)).toBe(state);
  });

  test('what is no action of the table is no way either', async () => {
    const id = await reach.RECTIFYING();
    for (const action of ['create', 'close', 'forceClose', 'delete', 'constructor', '__proto__', 'toString']) {
      await expect(world.move(id, action, { by: people.jack, input: goodInput() })).rejects.toMatchObject({ kind: 'conflict' });
    }
  });
});

describe('表内的每一行都走得通', () => {
  const to = async (id: string, action: string, given: Parameters<World['move']>[2]): Promise<string> => {
    await world.move(id, action, given);
    return world.state(id);
  };

  test.each([
    ['PENDING_ASSIGN', 'assign', 'PENDING_VERIFY', 'supervisor', ['orgId']],
    ['PENDING_VERIFY', 'reassign', 'PENDING_ASSIGN', 'supervisor', ['reason']],
    ['PENDING_VERIFY', 'verify', 'RECTIFYING', 'handler', ['isTrue', 'isReasonable', 'outcome', 'opinion', 'contact']],
    ['RECTIFYING', 'extend', 'RECTIFYING', 'supervisor', ['days', 'reason', 'noticeMethod']],
    ['APPEALING', 'dismiss', 'RECTIFYING', 'judge', ['opinion']],
    ['APPEALING', 'uphold', 'CLOSED_NOT_ADOPTED', 'judge', ['category', 'basis', 'opinion']],
    ['PENDING_REVIEW', 'sendBack', 'RECTIFYING', 'supervisor', ['reason']],
    ['PENDING_REVIEW', 'approve', 'PENDING_CALLBACK', 'supervisor', []],
    ['CLOSED', 'reopen', 'RECTIFYING', 'supervisor', ['reason']],
  ] as const)('%s: %s leads to %s', async (from, action, target, who, fields) => {
    const id = await reach[from]();
    const input = Object.fromEntries(Object.entries(goodInput()).filter(([name]) => (fields as readonly string[]).includes(name)));
    expect(await to(id, action, { by: people[who], input })).toBe(target);
    const detail = await world.rectification.getCase(id, people.supervisor);
    expect(detail.timeline.filter((entry) => entry.kind === 'MOVE')).toHaveLength(detail.version);
  });

  test('an anonymous one closes by the review; redo, close with reason and reopening by a second bad rating', async () => {
    const anonymous = await world.open({ named: false });
    await world.verified(anonymous);
    await world.submitted(anonymous);
    expect(await to(anonymous, 'approve', { by: people.supervisor })).toBe('CLOSED');

    const raw = aBadRating();
    const { receipt } = await world.ratings.receive(parsed(raw), systemActor);
    const id = receipt.rectificationId ?? '';
    const dissatisfied = { callback: { ...aMoment(world), result: 'DISSATISFIED' as const }, reason: '问题仍在' };
    await world.verified(id);
    await world.submitted(id);
    await world.approved(id);
    expect(await to(id, 'redo', { by: people.caller, input: dissatisfied })).toBe('RECTIFYING');
    await world.submitted(id);
    await world.approved(id);
    await expect(world.move(id, 'redo', { by: people.caller, input: dissatisfied })).rejects.toMatchObject({ unmet: [{ guard: 'roundsAreUsedUp' }] });
    await world.rectification.recordCallback(id, { ...aMoment(world), result: 'DISSATISFIED' }, people.caller);
    expect(await to(id, 'closeWithReason', { by: people.supervisor, input: { reason: '已尽力', basis: '办法第五条' } })).toBe('CLOSED');
    expect(await world.rectification.getCase(id, people.supervisor)).toMatchObject({ closedDissatisfied: true, round: 2 });

    await world.ratings.receive(parsed({ ...aBadRating(), projectNo: raw.projectNo, assessNumber: 2 }), systemActor);
    expect(await world.rectification.getCase(id, people.supervisor)).toMatchObject({ state: 'RECTIFYING', round: 3, closedDissatisfied: false });
    const excluded = await reach.CLOSED_NOT_ADOPTED();
    const { projectNo } = await world.rectification.getCase(excluded, people.supervisor);
    await world.ratings.receive(parsed({ ...aBadRating(), projectNo, assessNumber: 2 }), systemActor);
    expect(await world.state(excluded)).toBe('RECTIFYING');
  });

  test('afterwards every invariant holds', async () => {
    for (const finding of [...(await world.rectification.verify()), ...(await world.ratings.verify())]) expect(finding).toMatchObject({ offending: [] });
  });
});
