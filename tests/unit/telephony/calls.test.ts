import { systemActor } from '#kernel';
import { anAgent, type Rig, startRig } from './telephony-rig';

let rig: Rig;
const [li, wang] = [anAgent('li'), anAgent('wang')];
const phone = '13800138000';

beforeAll(async () => {
  rig = await startRig();
});
beforeEach(() => rig.clean());
afterAll(() => rig.close());

const callRow = async () => (await rig.rows('SELECT * FROM phone_call ORDER BY id DESC'))[0]!;
const seatRow = async (id: string) => (await rig.rows(`SELECT * FROM agent_session WHERE agentId = '${id}'`))[0]!;
const taskRows = () => rig.rows('SELECT * FROM callback_task ORDER BY id');
const idOf = async () => String((await callRow())['id']);

/** A caller waits and one seat is rung. */
const ringing = async (agent = li): Promise<string> => {
  await rig.signIn(agent);
  await rig.fake.ring(phone);
  await rig.telephony.settle();
  return idOf();
};

const talking = async (agent = li): Promise<string> => {
  const id = await ringing(agent);
  await rig.telephony.accept(id, agent);
  await rig.telephony.settle();
  return id;
};

const clean = async (): Promise<void> => {
  const findings = await rig.telephony.verify();
  expect(findings.filter((finding) => finding.offending.length > 0)).toEqual([]);
};

describe('一通电话', () => {
  afterEach(clean);

  test('rings the idle seat, is taken with one key, has a draft, and closes after the wrap-up', async () => {
    const id = await ringing();
    expect(await callRow()).toMatchObject({ state: 'OFFERED' });
    await rig.telephony.accept(id, li);
    await rig.telephony.settle();
    expect(await callRow()).toMatchObject({ state: 'TALKING', agentId: 'li', ticketId: 'T1' });
    expect(rig.drafts[0]).toMatchObject({ callId: id, agentId: 'li', phone: '+8613800138000', ticketId: null });
    await rig.pass(5);
    await rig.telephony.hangUp(id, li);
    expect(await callRow()).toMatchObject({ state: 'WRAP', hangupBy: 'AGENT' });
    expect(await seatRow('li')).toMatchObject({ state: 'ACW' });
    await rig.pass(31);
    expect(await callRow()).toMatchObject({ state: 'CLOSED', outcome: 'ANSWERED', ticketId: 'T1' });
    expect(await seatRow('li')).toMatchObject({ state: 'READY', callId: null });
  });

  test('the number is stored sealed and hashed, never plain', async () => {
    await ringing();
    const everything = JSON.stringify(await rig.rows('SELECT * FROM phone_call')) + JSON.stringify(await rig.rows('SELECT * FROM tel_event'));
    expect(everything).not.toContain('13800138000');
    const page = await rig.telephony.calls.list({ limit: 10 }, li);
    expect(page.items[0]?.number).toBe('138****8000');
  });

  test('an event that comes three times has one effect', async () => {
    rig.fake.faults.repeat = 3;
    await rig.signIn(li);
    await rig.fake.ring(phone);
    await rig.telephony.settle();
    expect(await rig.rows('SELECT id FROM phone_call')).toHaveLength(1);
    expect(await rig.rows('SELECT id FROM acd_entry')).toHaveLength(1);
  });

  test('the second of two who accept is told that somebody else was first', async () => {
    const id = await ringing();
    await rig.telephony.accept(id, li);
    await expect(rig.telephony.accept(id, wang)).rejects.toMatchObject({ code: 'telephony/offer-gone', message: '已被其他坐席接听。' });
    await expect(rig.telephony.accept(id, li)).resolves.toMatchObject({ state: 'TALKING' });
  });

  test('a reject spares the agent this caller for 30 s; the second one in ten minutes shows the seat as busy', async () => {
    const id = await ringing();
    await rig.telephony.reject(id, li);
    await rig.telephony.settle();
    expect(await callRow()).toMatchObject({ state: 'QUEUED' });
    expect(await seatRow('li')).toMatchObject({ state: 'READY' });
    await rig.pass(29);
    expect(await callRow()).toMatchObject({ state: 'QUEUED' });
    await rig.pass(2);
    expect(await callRow()).toMatchObject({ state: 'OFFERED' });
    await rig.telephony.reject(id, li);
    expect(await seatRow('li')).toMatchObject({ state: 'BUSY', reason: '拒接' });
  });

  test('a ring without answer makes the seat busy and rings the next one', async () => {
    const id = await ringing();
    await rig.signIn(wang);
    await rig.pass(16);
    expect(await seatRow('li')).toMatchObject({ state: 'BUSY', reason: '无应答' });
    expect(await seatRow('wang')).toMatchObject({ state: 'RINGING', callId: id });
  });

  test('accepted without sound: back to the head after 8 s, the seat is shown as faulty; the second time it becomes a call-back', async () => {
    rig.fake.faults.noMedia = true;
    const id = await talking();
    await rig.pass(9);
    expect(await seatRow('li')).toMatchObject({ state: 'BUSY', reason: '设备故障' });
    expect(await callRow()).toMatchObject({ state: 'QUEUED', answeredAt: null });
    await rig.signIn(wang);
    await rig.telephony.accept(id, wang);
    await rig.pass(9);
    expect(await callRow()).toMatchObject({ state: 'CLOSED', outcome: 'OVERFLOW', overflowKind: 'FAILURE' });
    expect(await taskRows()).toMatchObject([{ kind: 'FAILURE', state: 'OPEN' }]);
    expect(await seatRow('wang')).toMatchObject({ state: 'READY' });
  });

  test('hold and back: the seconds add up, the mix is told, twice is once', async () => {
    const id = await talking();
    await rig.telephony.hold(id, li);
    await rig.telephony.hold(id, li);
    expect(await seatRow('li')).toMatchObject({ state: 'HOLDING' });
    await rig.pass(7);
    await rig.telephony.unhold(id, li);
    await rig.telephony.settle();
    expect(await callRow()).toMatchObject({ holdMs: 7000, heldAt: null });
    expect(rig.fake.log.filter((line) => line.startsWith('mix'))).toHaveLength(2);
  });

  test('the citizen hangs up: the draft stays, the seat writes up', async () => {
    await talking();
    await rig.fake.hangUp(rig.fake.live()[0]!);
    expect(await callRow()).toMatchObject({ state: 'WRAP', hangupBy: 'CITIZEN', ticketId: 'T1' });
    expect(await taskRows()).toEqual([]);
  });

  test('what was wished during the call happens after it; more time is given twice', async () => {
    const id = await talking();
    await rig.telephony.agents.changeState(li, { state: 'BREAK', reason: '午餐', plannedMinutes: 30 });
    expect(await seatRow('li')).toMatchObject({ state: 'TALKING', pendingState: 'BREAK' });
    await rig.telephony.hangUp(id, li);
    await rig.telephony.wrapUp.extend(id, li);
    await rig.telephony.wrapUp.extend(id, li);
    await expect(rig.telephony.wrapUp.extend(id, li)).rejects.toMatchObject({ code: 'telephony/no-more-time' });
    await rig.pass(60);
    expect(await seatRow('li')).toMatchObject({ state: 'ACW' });
    await rig.telephony.wrapUp.done(id, li);
    expect(await seatRow('li')).toMatchObject({ state: 'BREAK', reason: '午餐', pendingState: null });
  });

  test('READY needs a checked device and a page that is there', async () => {
    await expect(rig.telephony.agents.changeState(li, { state: 'READY' })).rejects.toMatchObject({ code: 'telephony/condition' });
    await rig.telephony.agents.hello(li, { deviceOk: false, epoch: null });
    await expect(rig.telephony.agents.changeState(li, { state: 'READY' })).rejects.toMatchObject({ code: 'telephony/condition' });
    await rig.telephony.agents.hello(li, { deviceOk: true, epoch: 1 });
    await expect(rig.telephony.agents.changeState(li, { state: 'READY' })).resolves.toMatchObject({ state: 'READY', epoch: 1 });
  });

  test('a page that was reloaded and cannot ring yet does not look READY', async () => {
    await rig.signIn(li);
    expect(await rig.telephony.agents.hello(li, { deviceOk: false, epoch: null })).toMatchObject({ state: 'BUSY', reason: '设备未检测' });
  });

  test('the newer tab is the phone', async () => {
    await rig.signIn(li);
    expect(await rig.telephony.agents.hello(li, { deviceOk: true, epoch: null })).toMatchObject({ epoch: 2, state: 'READY' });
  });

  test('whoever may not take calls cannot', async () => {
    const id = await ringing();
    const handler = anAgent('clerk', ['HANDLER']);
    await expect(rig.telephony.accept(id, handler)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(rig.telephony.callerCard(id, handler)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(rig.telephony.hangUp(id, wang)).rejects.toMatchObject({ kind: 'missing' });
  });
});

describe('谁也不会丢', () => {
  afterEach(clean);

  test('gone within five seconds is counted apart and leaves no task', async () => {
    const ext = await rig.fake.ring(phone);
    await rig.pass(3);
    await rig.fake.hangUp(ext);
    expect(await callRow()).toMatchObject({ state: 'CLOSED', outcome: 'ABANDONED', taskId: null });
    const { today } = await rig.telephony.queue.overview(li);
    expect(today).toMatchObject({ offered: 1, abandoned: 1, shortAbandoned: 1, answerRate: 0 });
  });

  test('gone after five seconds leaves one task per number, and the answered call closes it', async () => {
    for (const seconds of [6, 8]) {
      const ext = await rig.fake.ring(phone);
      await rig.pass(seconds);
      await rig.fake.hangUp(ext);
    }
    expect(await taskRows()).toMatchObject([{ kind: 'MISSED', state: 'OPEN', calls: 2 }]);
    await talking();
    expect(await taskRows()).toMatchObject([{ state: 'CLOSED', closedBy: systemActor.id, openHash: null }]);
  });

  test('a hidden number cannot be rung back', async () => {
    const ext = await rig.fake.ring('anonymous');
    await rig.pass(20);
    await rig.fake.hangUp(ext);
    expect(await callRow()).toMatchObject({ outcome: 'ABANDONED', taskId: null });
  });

  test('key 1 asks for a call-back and frees the seat that was ringing', async () => {
    await ringing();
    await rig.fake.press(rig.fake.live()[0]!, '1');
    await rig.telephony.settle();
    expect(await callRow()).toMatchObject({ state: 'CLOSED', outcome: 'OVERFLOW', overflowKind: 'CALLBACK' });
    expect(await taskRows()).toMatchObject([{ kind: 'REQUESTED' }]);
    expect(await seatRow('li')).toMatchObject({ state: 'READY' });
  });

  test('after ten minutes the wait becomes a call-back; without a number the caller is kept', async () => {
    await rig.fake.ring(phone);
    await rig.fake.ring('anonymous');
    rig.clock.advance(600_000);
    await rig.pass(2);
    const rows = await rig.rows('SELECT state, overflowKind FROM phone_call ORDER BY id');
    expect(rows).toEqual([
      { state: 'CLOSED', overflowKind: 'CALLBACK' },
      { state: 'QUEUED', overflowKind: null },
    ]);
  });

  test("the agent's tab dies: apology, head of the queue, the next agent has the same draft", async () => {
    const id = await talking();
    await rig.fake.ring('13900139000');
    rig.awake.delete('li');
    await rig.pass(16);
    expect(await seatRow('li')).toMatchObject({ state: 'BUSY', reason: '离线' });
    await rig.signIn(wang);
    expect(await seatRow('wang')).toMatchObject({ state: 'RINGING', callId: id });
    await rig.telephony.accept(id, wang);
    await rig.telephony.settle();
    expect(rig.drafts.at(-1)).toMatchObject({ agentId: 'wang', ticketId: 'T1' });
    await rig.pass(50);
    expect(await seatRow('li')).toMatchObject({ state: 'OFFLINE' });
    const [trail] = await rig.rows(`SELECT COUNT(*) AS n FROM phone_call c JOIN acd_entry e ON e.callId = c.id WHERE e.enqueuedAt <> c.enqueuedAt`);
    expect(trail).toEqual({ n: 0 });
  });

  test('cut off after the agent was lost: rung back at once, and the answer still counts', async () => {
    const id = await talking();
    rig.awake.delete('li');
    await rig.pass(16);
    await rig.fake.hangUp(rig.fake.live()[0]!);
    expect(await callRow()).toMatchObject({ id, state: 'CLOSED', outcome: 'ANSWERED' });
    expect(await taskRows()).toMatchObject([{ kind: 'FAILURE', dueAt: rig.clock.now().getTime() }]);
  });

  test('the caller is cut off and rings again within ten minutes: same draft, same agent first', async () => {
    const id = await talking();
    await rig.fake.hangUp(rig.fake.live()[0]!, 'media_lost');
    await rig.signIn(wang);
    await rig.pass(1);
    await rig.telephony.wrapUp.done(id, li);
    await rig.pass(1);
    await rig.fake.ring(phone);
    await rig.telephony.settle();
    expect(await callRow()).toMatchObject({ state: 'OFFERED', ticketId: 'T1' });
    expect(await seatRow('li')).toMatchObject({ state: 'RINGING' });
  });

  test('our process restarts: rings are withdrawn, talks kept, vanished calls rung back, unknown ones taken in', async () => {
    const kept = await talking();
    const gone = await rig.fake.ring('13900139000');
    await rig.pass(6);
    rig.fake.vanish(gone);
    await rig.restart();
    expect(await rig.rows(`SELECT state FROM phone_call WHERE id = '${kept}'`)).toEqual([{ state: 'TALKING' }]);
    expect(await taskRows()).toMatchObject([{ kind: 'MISSED' }]);
  });
});

describe('线路与草稿出错', () => {
  afterEach(clean);

  test('a command that the carrier refuses is repeated until it is taken, once', async () => {
    const id = await ringing();
    rig.fake.faults.failCommands = true;
    await rig.telephony.accept(id, li);
    await rig.telephony.settle();
    expect(rig.fake.log.filter((line) => line.startsWith(`connect ${id}`))).toEqual([]);
    rig.fake.faults.failCommands = false;
    await rig.pass(3);
    expect(rig.fake.log.filter((line) => line.startsWith(`connect ${id}`))).toHaveLength(1);
    expect((await callRow())['answeredAt']).not.toBeNull();
  });

  test('a draft that cannot be opened costs nobody the call, and is there as soon as it can be', async () => {
    const id = await ringing();
    rig.failDrafts(true);
    await rig.telephony.accept(id, li);
    await rig.telephony.settle();
    expect(await callRow()).toMatchObject({ state: 'TALKING', ticketId: null });
    rig.failDrafts(false);
    await rig.pass(1);
    expect(await callRow()).toMatchObject({ state: 'TALKING', ticketId: 'T1', draftAgentId: 'li' });
  });

  test('a late report lowers nothing: ringing after up, up after the end', async () => {
    const id = await talking();
    const legs = await rig.rows(`SELECT id, party FROM call_leg WHERE callId = '${id}'`);
    const head = (eventId: string, leg: unknown) => ({ adapter: 'fake' as const, eventId, extCall: '', leg: String(leg), at: rig.clock.now() });
    for (const leg of legs)
      expect(await rig.telephony.intake({ ...head(`late:${String(leg['id'])}`, leg['id']), t: 'leg.state', state: 'RINGING' })).toBe(false);
    await rig.telephony.hangUp(id, li);
    for (const leg of legs) expect(await rig.telephony.intake({ ...head(`again:${String(leg['id'])}`, leg['id']), t: 'leg.state', state: 'UP' })).toBe(false);
    expect(await callRow()).toMatchObject({ state: 'WRAP' });
    expect(await rig.rows('SELECT COUNT(*) AS n FROM tel_event WHERE applied = 0')).toEqual([{ n: legs.length * 2 }]);
  });
});

describe('回拨任务', () => {
  const missed = async (): Promise<string> => {
    const ext = await rig.fake.ring(phone);
    await rig.pass(6);
    await rig.fake.hangUp(ext);
    return String((await taskRows())[0]!['id']);
  };
  const move = (id: string, action: string, input: Record<string, unknown> = {}, version = 0, actor = li) =>
    rig.telephony.callbackTasks.move(id, { action, input, ifMatch: version }, actor);

  test('is claimed by one, tried as the schedule says, and closed with a note', async () => {
    const id = await missed();
    await move(id, 'claim', {}, 1);
    await expect(move(id, 'claim', {}, 1, wang)).rejects.toMatchObject({ kind: 'stale' });
    await expect(move(id, 'reach', { note: '已答复' }, 2, wang)).rejects.toMatchObject({ code: 'telephony/condition' });
    await move(id, 'attempt', { result: 'NO_ANSWER' }, 2);
    expect(await taskRows()).toMatchObject([{ state: 'OPEN', attempts: 1, claimedBy: null, dueAt: rig.clock.now().getTime() + 15 * 60_000 }]);
    await move(id, 'claim', {}, 3);
    await expect(move(id, 'giveUp', { reason: '无人接听' }, 4)).rejects.toMatchObject({ code: 'telephony/condition' });
    await expect(move(id, 'reach', {}, 4)).rejects.toMatchObject({ kind: 'invalid' });
    await move(id, 'reach', { note: '已答复' }, 4);
    expect(await taskRows()).toMatchObject([{ state: 'CLOSED', closedBy: 'li', openHash: null }]);
    await clean();
  });

  test('shows the number only masked, and plain only to whoever took it, with a reason, on record', async () => {
    const id = await missed();
    const [task] = (await rig.telephony.callbackTasks.list({ limit: 10 }, li)).items;
    expect(task).toMatchObject({ number: '138****8000', overdue: false, moves: [{ action: 'claim', ok: true }] });
    await expect(rig.telephony.callbackTasks.revealNumber(id, '回拨', li)).rejects.toMatchObject({ kind: 'conflict' });
    await move(id, 'claim', {}, 1);
    expect(await rig.telephony.callbackTasks.revealNumber(id, '回拨', li)).toBe('+8613800138000');
    const audits = await rig.rows(`SELECT actorId, objectId, purpose FROM audit WHERE action = 'callbackTask.revealNumber'`);
    expect(audits).toContainEqual({ actorId: 'li', objectId: id, purpose: '回拨' });
  });
});
