import { inquiriesEvents } from '#contracts/events/inquiries.events';
import { QueryTypes } from 'sequelize';
import { createTrails } from '#platform';
import { minutes } from '../../support/fake-clock';
import { anAgent, aStart, clientMsgId, type InquiriesBench, openInquiries, startedAs, take } from './open-inquiries';

let bench: InquiriesBench;
const agent = anAgent('a1');
const other = anAgent('a2');
const lead = anAgent('l1', ['TEAM_LEAD']);

beforeAll(async () => {
  bench = await openInquiries();
});
afterAll(() => bench.close());

const lines = async (id: string) => (await bench.inquiries.messagesForStaff(id, { after: 0, limit: 200 }, lead)).items;

describe('发起会话', () => {
  test('同一把会话钥匙再发一次，还是同一个会话、同一个凭据', async () => {
    const start = aStart();
    const [first, second] = await Promise.all([bench.inquiries.startConversation(start, 'x'), bench.inquiries.startConversation(start, 'x')]);
    expect(second).toEqual(first);
    expect(await lines(first.conversationId)).toMatchObject([{ seq: 1, author: 'CITIZEN', body: start.body, clientMsgId: start.clientMsgId }]);
  });

  test('凭据不对、会话不存在，回答一样', async () => {
    const { id } = await startedAs(bench);
    const refusal = { code: 'conversation/token-unknown', kind: 'unauthenticated' };
    await expect(bench.inquiries.authenticateCitizen(id, { token: 'x'.repeat(43), address: 'x' })).rejects.toMatchObject(refusal);
    await expect(bench.inquiries.authenticateCitizen('nobody', { token: 'x'.repeat(43), address: 'x' })).rejects.toMatchObject(refusal);
    await expect(bench.inquiries.authenticateCitizen(id, { token: null, address: 'x' })).rejects.toMatchObject(refusal);
  });

  test('库里没有明文的话、姓名、号码和凭据', async () => {
    const start = { ...aStart('我叫欧阳娜娜，井盖丢了'), name: '欧阳娜娜', phone: '13812345678' };
    const { conversationId, token } = await bench.inquiries.startConversation(start, 'x');
    const { sequelize } = bench.database;
    const rows = [
      ...(await sequelize.query('SELECT * FROM conversation WHERE id = $1', { bind: [conversationId], type: QueryTypes.SELECT })),
      ...(await sequelize.query('SELECT * FROM conversation_message WHERE conversationId = $1', { bind: [conversationId], type: QueryTypes.SELECT })),
    ];
    const stored = JSON.stringify(rows);
    for (const plain of ['井盖', '欧阳', '13812345678', token, start.startKey]) expect(stored).not.toContain(plain);
    expect(await bench.inquiries.getConversation(conversationId, agent)).toMatchObject({
      citizenName: '欧*',
      citizenPhone: '138****5678',
      topic: start.body,
    });
  });

  test('打不通的号码当场说明', async () => {
    await expect(bench.inquiries.startConversation({ ...aStart(), phone: '123456' }, 'x')).rejects.toMatchObject({ code: 'conversation/phone-unusable' });
  });
});

describe('发消息', () => {
  test('同一条重发多少次都只有一条，序号不变', async () => {
    const { id, citizen } = await startedAs(bench);
    const line = { clientMsgId: clientMsgId(), body: '在幸福路 12 号' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => bench.inquiries.postMessage(id, line, citizen)));
    expect(new Set(answers.map((answer) => answer.seq))).toEqual(new Set([2]));
    expect(await lines(id)).toHaveLength(2);
  });

  test('两边同时发二十条，序号连续、人人看到的顺序一样', async () => {
    const { id, citizen } = await startedAs(bench);
    await take(bench, id, agent);
    const before = (await lines(id)).length;
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        bench.inquiries.postMessage(id, { clientMsgId: clientMsgId(), body: `第 ${index} 条` }, index % 2 === 0 ? citizen : agent),
      ),
    );
    const all = await lines(id);
    expect(all.map((line) => line.seq)).toEqual(Array.from({ length: before + 20 }, (_, index) => index + 1));
    expect((await bench.inquiries.messagesForCitizen(citizen, { after: 0, limit: 200 })).items).toEqual(all);
    expect((await bench.inquiries.messagesForCitizen(citizen, { after: before + 18, limit: 200 })).items.map((line) => line.seq)).toEqual([
      before + 19,
      before + 20,
    ]);
  });

  test('没接入的坐席不能回，也看不到别人正在谈的话', async () => {
    const { id } = await startedAs(bench);
    const line = { clientMsgId: clientMsgId(), body: '您好' };
    await expect(bench.inquiries.postMessage(id, line, agent)).rejects.toMatchObject({ code: 'conversation/not-yours' });
    await take(bench, id, agent);
    await expect(bench.inquiries.postMessage(id, line, other)).rejects.toMatchObject({ code: 'conversation/not-yours' });
    await expect(bench.inquiries.messagesForStaff(id, { after: 0, limit: 10 }, other)).rejects.toMatchObject({ kind: 'missing' });
    expect((await bench.inquiries.getConversation(id, other)).topic).toBe('（其他坐席正在对话）');
    await expect(bench.inquiries.getConversation(id, anAgent('h1', ['HANDLER']))).rejects.toMatchObject({ kind: 'missing' });
  });

  test('结束以后不能再发；结束前发过的重发仍然有回执', async () => {
    const { id, citizen } = await startedAs(bench);
    const line = { clientMsgId: clientMsgId(), body: '谢谢' };
    const { seq } = await bench.inquiries.postMessage(id, line, citizen);
    await bench.inquiries.leaveConversation(citizen);
    await bench.inquiries.leaveConversation(citizen);
    await expect(bench.inquiries.postMessage(id, { clientMsgId: clientMsgId(), body: '还在吗' }, citizen)).rejects.toMatchObject({
      code: 'conversation/closed',
    });
    expect((await bench.inquiries.postMessage(id, line, citizen)).seq).toBe(seq);
  });
});

describe('接入与交接', () => {
  test('两个坐席同时接，只有一个接到，另一个得知已被接入', async () => {
    const { id } = await startedAs(bench);
    const { version } = await bench.inquiries.getConversation(id, agent);
    const outcomes = await Promise.allSettled(
      [agent, other].map((who) => bench.inquiries.moveConversation(id, { action: 'take', input: {}, ifMatch: version }, who)),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({
      reason: { code: 'conversation/taken-by-other', message: '已被其他坐席接入。' },
    });
    expect(await bench.inquiries.getConversation(id, agent)).toMatchObject({ state: 'ACTIVE', version: version + 1 });
  });

  test('每次流转一条轨迹，版本与轨迹数相等；事实里只有编号', async () => {
    const { id, citizen } = await startedAs(bench, '这句话不该出现在事实里');
    await take(bench, id, agent);
    await bench.inquiries.moveConversation(id, { action: 'release', input: { note: '找住建的同事' }, ifMatch: 2 }, agent);
    await take(bench, id, other);
    await bench.inquiries.postMessage(id, { clientMsgId: clientMsgId(), body: '好的' }, citizen);
    await expect(bench.inquiries.moveConversation(id, { action: 'close', input: { summary: '已答复' }, ifMatch: 4 }, agent)).rejects.toMatchObject({
      code: 'conversation/condition',
    });
    await bench.inquiries.moveConversation(id, { action: 'close', input: { summary: '已答复' }, ifMatch: 4 }, lead);
    const trail = await createTrails(bench.database, bench.crypto).of('conversation', id);
    expect(trail.map((step) => step.action)).toEqual(['start', 'take', 'release', 'take', 'close']);
    expect((await bench.inquiries.getConversation(id, lead)).version).toBe(5);
    const facts = (await bench.facts()).filter((fact) => fact.payload['conversationId'] === id);
    expect(JSON.stringify(facts)).not.toMatch(/这句话|好的|住建|已答复/);
    for (const fact of facts) expect(inquiriesEvents[fact.name as keyof typeof inquiriesEvents].safeParse(fact.payload).success).toBe(true);
  });

  test('版本过时的交接被拒绝，会话不变', async () => {
    const { id } = await startedAs(bench);
    await take(bench, id, agent);
    await expect(bench.inquiries.moveConversation(id, { action: 'close', input: { summary: '好' }, ifMatch: 1 }, agent)).rejects.toMatchObject({
      kind: 'stale',
    });
    expect((await bench.inquiries.getConversation(id, agent)).state).toBe('ACTIVE');
  });
});

describe('转工单', () => {
  test('一键转一次，连按两下也只有一张，双方都看到编号和回执码', async () => {
    const { id, citizen } = await startedAs(bench, '楼下烧烤店油烟直排');
    await bench.inquiries.leaveContact({ name: '张三', phone: '138 1234 5678' }, citizen);
    await bench.inquiries.postMessage(id, { clientMsgId: clientMsgId(), body: '每天晚上七点到十二点' }, citizen);
    await take(bench, id, agent);
    await bench.inquiries.postMessage(id, { clientMsgId: clientMsgId(), body: '我帮您登记' }, agent);
    await expect(bench.inquiries.makeTicket(id, {}, other)).rejects.toMatchObject({ code: 'conversation/not-yours' });
    bench.opened.length = 0;
    const [one, two] = await Promise.all([bench.inquiries.makeTicket(id, {}, agent), bench.inquiries.makeTicket(id, {}, agent)]);
    expect(two).toEqual(one);
    expect(bench.opened).toMatchObject([
      {
        links: [{ kind: 'CONVERSATION', refId: id }],
        source: 'WEB',
        title: '楼下烧烤店油烟直排',
        content: '楼下烧烤店油烟直排\n每天晚上七点到十二点',
        name: '张三',
        phone: '+8613812345678',
      },
    ]);
    expect((await lines(id)).at(-1)).toMatchObject({ author: 'SYSTEM', kind: 'TICKET', ticket: { ticketNo: one.ticketNo, receiptCode: one.receiptCode } });
    expect(await bench.inquiries.viewForCitizen(citizen)).toMatchObject({ ticket: { receiptCode: one.receiptCode }, hasContact: true });
    expect(await bench.inquiries.conversationsOfTicket(one.ticketId)).toEqual([id]);
    expect(await bench.inquiries.getConversation(id, agent)).toMatchObject({ tickets: [{ ticketId: one.ticketId }] });
  });
});

describe('排队与久无消息', () => {
  test('先来先排；接走一个，后面的往前一位；退回的排回原位', async () => {
    const fresh = await openInquiries();
    const people: Awaited<ReturnType<typeof startedAs>>[] = [];
    for (let index = 0; index < 3; index += 1) {
      people.push(await startedAs(fresh));
      fresh.clock.advance(1000);
    }
    const places = async () => (await Promise.all(people.map(({ citizen }) => fresh.inquiries.viewForCitizen(citizen)))).map((view) => view.queue.place);
    expect(await places()).toEqual([1, 2, 3]);
    expect((await fresh.inquiries.queueNow()).band).toBe('UNKNOWN');
    const queued = await fresh.inquiries.listConversations({ state: 'WAITING', limit: 2 }, agent);
    expect(queued.items.map((item) => item.id)).toEqual([people[0]!.id, people[1]!.id]);
    const rest = await fresh.inquiries.listConversations({ state: 'WAITING', limit: 2, cursor: queued.nextCursor ?? undefined }, agent);
    expect(rest.items.map((item) => item.id)).toEqual([people[2]!.id]);
    await take(fresh, people[0]!.id, agent);
    expect(await places()).toEqual([null, 1, 2]);
    expect((await fresh.inquiries.listConversations({ mine: true, limit: 10 }, agent)).items).toHaveLength(1);
    await fresh.inquiries.moveConversation(people[0]!.id, { action: 'release', input: {}, ifMatch: 2 }, agent);
    expect(await places()).toEqual([1, 2, 3]);
    await fresh.close();
  });

  test('坐席说完后静默五分钟先问一声，再五分钟结束；市民没人理十分钟就回到队列', async () => {
    const fresh = await openInquiries();
    const asked = await startedAs(fresh);
    const ignored = await startedAs(fresh);
    await take(fresh, asked.id, agent);
    await take(fresh, ignored.id, agent);
    await fresh.inquiries.postMessage(asked.id, { clientMsgId: clientMsgId(), body: '请问具体位置？' }, agent);
    await fresh.inquiries.postMessage(ignored.id, { clientMsgId: clientMsgId(), body: '有人吗' }, ignored.citizen);
    fresh.clock.advance(minutes(6));
    expect(await fresh.inquiries.sweepSilent()).toBe(1);
    fresh.clock.advance(minutes(5));
    expect(await fresh.inquiries.sweepSilent()).toBe(2);
    expect(await fresh.inquiries.sweepSilent()).toBe(0);
    expect(await fresh.inquiries.getConversation(asked.id, agent)).toMatchObject({ state: 'CLOSED' });
    expect(await fresh.inquiries.getConversation(ignored.id, agent)).toMatchObject({ state: 'WAITING', agentId: null });
    await fresh.close();
  });
});
