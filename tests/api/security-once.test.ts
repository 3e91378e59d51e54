import { aBadRating } from '../support/ratings';
import { type Person, startTestSystem, type TestSystem } from '../support/test-system';
import { aTicket } from '../support/tickets';

const writers = 8;
let running: TestSystem;
let agent: Person;
let dispatcher: Person;
let admin: Person;
let supervisor: Person;

beforeAll(async () => {
  running = await startTestSystem();
  agent = await running.as('agent1');
  dispatcher = await running.as('dispatcher1');
  admin = await running.as('admin1');
  supervisor = await running.as('supervisor1');
});
afterAll(() => running.close());

interface Told {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const register = async (): Promise<string> => String(((await agent.post('/tickets', aTicket())).body as { id: string }).id);

const rows = async (sql: string): Promise<readonly Record<string, unknown>[]> =>
  ((await running.system.database.sequelize.query(sql)) as [Record<string, unknown>[], unknown])[0];

/** All at once with the same version: one wins, the others learn what is there now (I-10, D-8). */
const race = async (ask: (index: number) => PromiseLike<Told>, changedBy: string | null): Promise<void> => {
  const answers = await Promise.all(Array.from({ length: writers }, async (_, index) => ask(index)));
  const won = answers.filter((answer) => answer.status < 300);
  const lost = answers.filter((answer) => answer.status === 412);
  expect(lost).toHaveLength(writers - 1);
  expect(won).toHaveLength(1);
  for (const { body } of lost) {
    expect(body).toMatchObject({ code: 'stale-version', currentVersion: 2 });
    if (changedBy !== null) expect(body['changedBy']).toBe(changedBy);
  }
};

describe('security I-10, D-8: one of many writers with the same version', () => {
  test('a form', async () => {
    const id = await register();
    await race((index) => agent.patch(`/tickets/${id}`, { title: `第${index}种写法` }).set('If-Match', '"1"'), '林晓岚');
    expect(await rows(`SELECT version FROM trail WHERE subjectId = '${id}' ORDER BY version`)).toHaveLength(2);
  });

  test('a move of a ticket, by two people', async () => {
    const id = await register();
    await race((index) => (index % 2 === 0 ? agent : dispatcher).post(`/tickets/${id}/moves/accept`).set('If-Match', '"1"'), null);
    expect(await rows(`SELECT version FROM trail WHERE subjectId = '${id}' ORDER BY version`)).toHaveLength(2);
  });

  test('a move of a rectification', async () => {
    const platform = await running.asClient('ratings:write');
    const { body } = await platform.post('/ratings', aBadRating({ deptCode: '11930100MB2000039A', areaCode: '930100' }));
    const id = String((body as { rectificationId: string }).rectificationId);
    await race((index) => supervisor.post(`/rectifications/${id}/moves/reassign`, { reason: `单位有误${index}` }).set('If-Match', '"1"'), '秦修远');
    expect(await rows(`SELECT version FROM trail WHERE subjectId = '${id}'`)).toHaveLength(2);
  });

  test('a conversation is taken by one agent', async () => {
    const talk = await running.http.post('/api/v1/public/conversations').send({ startKey: 'k'.repeat(30), clientMsgId: 'first-line', body: '您好' });
    const { id, version } = talk.body as { id: string; version: number };
    const others = await Promise.all(['agent1', 'agent2', 'agent3', 'agent4'].map((login) => running.as(login)));
    const answers = await Promise.all(others.map(async (person) => person.post(`/conversations/${id}/moves/take`).set('If-Match', `"${version}"`)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status !== 200).every((answer) => answer.status === 412 || answer.status === 409)).toBe(true);
  });

  test('a person, a unit', async () => {
    const person = (await admin.get('/staff/stf-agent4')).body as { version: number };
    expect(person.version).toBe(1);
    await race((index) => admin.patch('/staff/stf-agent4', { name: `苏念慈${'一二三四五六七八'[index]}` }).set('If-Match', '"1"'), null);
    await race((index) => admin.patch('/organizations/org-lz-urban', { phone: `0100-123456${index}` }).set('If-Match', '"1"'), null);
  });

  test('every operation that changes a version asks for it: 428 without, 400 with nonsense', async () => {
    const asking = running.serving.http.endpoints.filter((endpoint) => endpoint.ifMatch === true);
    expect(asking.length).toBeGreaterThan(40);
    const person = new Map<string, Person>([
      ['/staff', admin],
      ['/organizations', admin],
      ['/api-clients', admin],
      ['/rectifications', supervisor],
      ['/sub-orders', dispatcher],
    ]);
    for (const endpoint of asking) {
      const who = [...person].find(([start]) => endpoint.path.startsWith(start))?.[1] ?? agent;
      const path = endpoint.path.replaceAll(/:\w+/g, 'absent');
      const bare = await who[endpoint.method](path);
      if (bare.status === 403) continue;
      expect([endpoint.id, bare.status, (bare.body as { code: string }).code]).toEqual([endpoint.id, 428, 'if-match-required']);
      const odd = await who[endpoint.method](path).set('If-Match', '*');
      expect([endpoint.id, odd.status]).toEqual([endpoint.id, 400]);
    }
  });
});

describe('security I-02, D-7: one effect for one Idempotency-Key', () => {
  const count = async (): Promise<number> => Number((await rows('SELECT COUNT(*) AS n FROM ticket'))[0]?.['n']);
  const send = (key: string, body: object, person: Person = agent) => person.post('/tickets', body).set('Idempotency-Key', key);

  test('the same again gives the same answer, marked as a repeat; another content is refused', async () => {
    const before = await count();
    const first = await send('once-1', aTicket());
    const again = await send('once-1', aTicket());
    expect([first.status, again.status, again.headers['idempotency-replayed']]).toEqual([201, 201, 'true']);
    expect(again.body).toEqual(first.body);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    const other = await send('once-1', aTicket({ title: '另一件事' }));
    expect([other.status, (other.body as { code: string }).code]).toEqual([422, 'idempotency-key-reused']);
    expect(await count()).toBe(before + 1);
  });

  test('many at once make one ticket', async () => {
    const before = await count();
    const answers = await Promise.all(Array.from({ length: writers }, async () => send('once-2', aTicket())));
    expect(answers.filter((answer) => answer.status !== 201 && answer.status !== 409)).toEqual([]);
    expect(new Set(answers.filter((answer) => answer.status === 201).map((answer) => (answer.body as { id: string }).id)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  test('the key of one person is not the key of another', async () => {
    const other = await running.as('agent2');
    const mine = await send('once-3', aTicket());
    const theirs = await send('once-3', aTicket(), other);
    expect((theirs.body as { id: string }).id).not.toBe((mine.body as { id: string }).id);
  });

  test('what was refused may be sent again, mended, with the same key', async () => {
    expect((await send('once-4', { ...aTicket(), phone: 'abc' })).status).toBe(422);
    expect((await send('once-4', aTicket())).status).toBe(201);
  });

  test('after the process died between commit and answer, the repeat is made anew from what was stored', async () => {
    const first = await send('once-5', aTicket());
    await running.system.database.inTransaction((work) =>
      running.system.database.sequelize.query("UPDATE idempotency SET status = NULL, answer = NULL WHERE idempotencyKey = 'once-5'", {
        transaction: work.transaction,
      }),
    );
    const again = await send('once-5', aTicket());
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(again.body).toMatchObject({ id: (first.body as { id: string }).id, receiptCode: (first.body as { receiptCode: string }).receiptCode });
  });

  test('the kept answer is sealed: neither receipt code nor name can be read in the table', async () => {
    const first = await send('once-6', aTicket());
    const [kept] = await rows("SELECT answer, bodyHash FROM idempotency WHERE idempotencyKey = 'once-6'");
    expect(String(kept?.['answer']).length).toBeGreaterThan(20);
    expect(JSON.stringify(kept)).not.toContain(String((first.body as { receiptCode: string }).receiptCode));
  });

  test('every creating operation of staff and systems asks for a key', async () => {
    for (const endpoint of running.serving.http.endpoints.filter((entry) => entry.idempotent === true)) {
      const who = endpoint.path.startsWith('/staff') || endpoint.path.startsWith('/organizations') ? admin : agent;
      const answer = await who[endpoint.method](endpoint.path.replaceAll(/:\w+/g, 'absent')).set('Idempotency-Key', 'x'.repeat(65));
      expect([endpoint.id, answer.status]).toEqual([endpoint.id, expect.any(Number)]);
      if (answer.status !== 403) expect([endpoint.id, answer.status]).toEqual([endpoint.id, 400]);
      const bare = await running.http[endpoint.method](`/api/v1${endpoint.path.replaceAll(/:\w+/g, 'absent')}`).set({
        Cookie: who.cookie,
        'X-CSRF-Token': who.csrf,
      });
      if (bare.status !== 403) expect([endpoint.id, bare.status]).toEqual([endpoint.id, 428]);
    }
  });
});
