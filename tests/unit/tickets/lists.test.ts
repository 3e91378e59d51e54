import { maskPhone, maskText } from '#kernel';
import { termsOf } from '../../../services/tickets/domain/terms';
import { toE164 } from '#tickets';
import { openTicketTestBed, type TicketTestBed } from '../../support/tickets';
import { driverOf, type TicketDriver } from '../../support/ticket-states';

let bed: TicketTestBed;
let drive: TicketDriver;
beforeAll(async () => {
  bed = await openTicketTestBed();
  drive = driverOf(bed);
});
afterAll(() => bed.close());

const list = (query: object, loginName = 'dispatcher1') => bed.tickets.listTickets({ limit: 50, sort: 'newest', ...query }, bed.as(loginName));
const numbersOf = async (query: object, loginName?: string) => (await list(query, loginName)).items.map((item) => item.title);

describe('编号', () => {
  test('fifty registrations at one moment get fifty numbers without a gap', async () => {
    const made = await Promise.all(Array.from({ length: 50 }, (_, index) => drive.draft({ title: `并发 ${index}` })));
    const numbers = (await Promise.all(made.map((id) => bed.view(id, 'agent1')))).map((ticket) => ticket.number).sort();
    expect(new Set(numbers).size).toBe(50);
    expect(Number(numbers[49]) - Number(numbers[0])).toBe(49);
  });

  test('the next day begins at one', async () => {
    bed.clock.set('2026-10-10T01:00:00.000Z');
    const { number } = await bed.view(await drive.draft(), 'agent1');
    expect(number).toBe('20261010000001');
  });
});

describe('并发', () => {
  test('of two dispatchers at one moment one wins, and the other is told who', async () => {
    const id = await drive.accepted();
    const dispatch = (by: string) => drive.move(id, 'dispatch', { by, ifMatch: 2, input: { units: [{ orgId: 'org-lz-urban', role: 'LEAD' }] } });
    const outcomes = await Promise.allSettled([dispatch('dispatcher1'), dispatch('dispatcher2')]);
    const [lost] = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(lost).toMatchObject({ reason: { kind: 'stale', facts: { currentVersion: 3, changedBy: expect.stringMatching(/沈书屿|梁以宁/) } } });
    expect((await bed.view(id)).subOrders).toHaveLength(1);
  });

  test('of twenty savers of one draft version exactly one succeeds', async () => {
    const id = await drive.draft();
    const saves = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => bed.tickets.saveDraft(id, { ifMatch: 1, body: { title: `改 ${index}` } }, bed.as('agent1'))),
    );
    expect(saves.filter((save) => save.status === 'fulfilled')).toHaveLength(1);
    expect((await bed.view(id, 'agent1')).version).toBe(2);
  });
});

describe('检索', () => {
  beforeAll(async () => {
    await drive.accepted({
      title: '医保关系转移',
      content: '我在安渡工作，想把澜州的医保关系转移过去，应该怎么办理？',
      type: 'CONSULT',
      details: { matter: '医保转移' },
    });
    await drive.accepted({ title: '路灯不亮', content: "滨河路自行车道路灯坏了三天，晚上看不清。100%安全隐患 O'Reilly_%", categoryCode: '010203' });
    await drive.accepted({ title: '路灯太亮', content: '路灯照进卧室，影响休息。编号A-17。', categoryCode: '010203' });
  });

  test.each([
    ['转移', ['医保关系转移']],
    ['医保关系', ['医保关系转移']],
    ['车道路灯', ['路灯不亮']],
    ['路灯', ['路灯太亮', '路灯不亮']],
    ['路灯 卧室', ['路灯太亮']],
    ['灯路', []],
    ['歇', []],
    ['息', ['路灯太亮']],
    ['a', ['路灯太亮']],
    ['100%', ['路灯不亮']],
    ["O'Reilly_%", ['路灯不亮']],
    ["' OR 1=1 --", []],
  ])('%s finds %j', async (q, titles) => {
    expect(await numbersOf({ q })).toEqual(titles);
  });

  test('a number finds its ticket', async () => {
    const [item] = (await list({ q: '路灯 卧室' })).items;
    expect((await list({ q: item!.number })).items.map((found) => found.id)).toEqual([item!.id]);
  });

  test('a stranger finds nothing by the same word', async () => {
    expect(await numbersOf({ q: '路灯' }, 'handler.hsa')).toEqual([]);
    expect(await numbersOf({ q: '路灯' }, 'dispatcher1.ad')).toEqual([]);
  });

  test('similar open tickets, the nearest first', async () => {
    const found = await bed.tickets.similarTickets({ text: '滨河路路灯坏了好几天，晚上看不清路', region: '930102', limit: 3 }, bed.as('agent1'));
    expect(found[0]).toMatchObject({ title: '路灯不亮' });
    expect(await bed.tickets.similarTickets({ text: '学区怎么划分', limit: 3 }, bed.as('agent1'))).toEqual([]);
  });

  test('the same citizen, category and place not yet finished is a duplicate', async () => {
    const phone = '13600000001';
    const first = await drive.accepted({ phone, address: '湖滨街道 望湖小区' });
    const again = await drive.draft({ phone: '136 0000 0001', address: '湖滨街道望湖小区' });
    expect(await bed.tickets.duplicatesOf(again, bed.as('agent1'))).toMatchObject([{ id: first }]);
    const elsewhere = await drive.draft({ phone, address: '津门街道' });
    expect(await bed.tickets.duplicatesOf(elsewhere, bed.as('agent1'))).toEqual([]);
    expect((await bed.tickets.urgeTicket(first, { note: '又来电催' }, bed.as('agent1'))).urgeCount).toBe(1);
    expect((await bed.view(first)).timeline.at(-1)).toMatchObject({ kind: 'URGE', texts: [{ text: '又来电催' }] });
  });

  test('a caller card names open matters and only hints at a secret one', async () => {
    const phone = '13600000009';
    await drive.accepted({ phone, title: '一般诉求' });
    await drive.accepted({ phone, title: '举报某局', isSecret: true });
    const card = await bed.tickets.historyOfPhone('136-0000-0009', bed.as('agent2'));
    expect(card).toMatchObject({ total: 1, open: 1, hasSecret: true, note: '有一件保密诉求', items: [{ title: '一般诉求' }] });
    expect(JSON.stringify(card)).not.toContain('举报');
  });
});

describe('列表', () => {
  test('pages by key without doubles or gaps, in both orders', async () => {
    for (const sort of ['newest', 'due'] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ limit: 7, sort, cursor });
        seen.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      const all = (await list({ limit: 200, sort })).items.map((item) => item.id);
      expect(seen).toEqual(all);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe((await bed.tickets.countStages({}, bed.as('dispatcher1'))).total);
    }
  });

  test('filters by stage, category, region, own work and lateness', async () => {
    const id = await drive.dispatched([{ orgId: 'org-lz-urban', role: 'LEAD' }], { categoryCode: '030402', regionCode: '930103', title: '西津的事' });
    expect(await numbersOf({ category: '0304' })).toEqual(['西津的事']);
    expect(await numbersOf({ region: '930103' })).toEqual(['西津的事']);
    expect(await numbersOf({ stage: 'TODO', org: 'org-lz-urban', region: '930103' })).toEqual(['西津的事']);
    expect(await numbersOf({ mine: true }, 'handler.urban')).toEqual([]);
    await drive.work(id, 'sign', { by: 'handler.urban' });
    expect(await numbersOf({ mine: true }, 'handler.urban')).toEqual(['西津的事']);
    expect(await numbersOf({ stage: 'DOING' }, 'handler.urban')).toEqual(['西津的事']);
    bed.clock.set('2026-11-10T01:00:00.000Z');
    expect((await list({ overdue: true, region: '930103' })).items).toMatchObject([{ title: '西津的事', light: 'RED' }]);
    const counts = await bed.tickets.countStages({ region: '930103' }, bed.as('dispatcher1'));
    expect(counts).toMatchObject({ total: 1, overdue: 1, stages: { DOING: 1, TODO: 0 } });
  });

  test('a page costs the same number of queries however many tickets it holds', async () => {
    const count = async (limit: number) => {
      let queries = 0;
      const spy = jest.spyOn(bed.temporary.database.sequelize, 'query').mockImplementation(function (this: unknown, ...given: unknown[]) {
        queries += 1;
        return Reflect.apply(original, bed.temporary.database.sequelize, given) as never;
      } as never);
      await list({ limit });
      spy.mockRestore();
      return queries;
    };
    const original = bed.temporary.database.sequelize.query;
    const [few, many] = [await count(2), await count(60)];
    expect(few).toBe(many);
    expect(many).toBeLessThanOrEqual(6);
  });
});

test.each([
  ['138 1234 5678', '+8613812345678'],
  ['+86 138-1234-5678', '+8613812345678'],
  ['008613812345678', '+8613812345678'],
  ['0571-88886666', '+8657188886666'],
  ['12345', '12345'],
])('%s is %s', (typed, stored) => {
  expect(toE164(typed)).toBe(stored);
});

test('numbers in free text are masked and rare characters survive', () => {
  expect(maskText('𠮷先生13812345678，证号110101199003078515')).toBe('𠮷先生138****5678，证号110***********8515');
  expect(maskPhone('+8657188886666')).toBe('571****6666');
  expect(termsOf('𠮷野家A17路灯')).toEqual(['𠮷野', '野家', 'a17', '路灯']);
});
