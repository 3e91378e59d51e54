import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryTypes } from 'sequelize';
import supertest from 'supertest';
import { createLogger } from '#platform';
import { compose, type System } from '../../server/composition';
import { readConfig } from '../../server/config';
import { prepare } from '../../server/prepare';
import { serve, type Serving } from '../../server/serve';
import { createFakeClock } from '../support/fake-clock';
import { aBadRating } from '../support/ratings';
import { emptySchema } from '../support/temporary-database';
import { demoPassword } from '../support/test-system';
import { aTicket } from '../support/tickets';

/** Words that stand nowhere else, so that each find is a leak. */
const secrets = {
  phone: '13987650421',
  name: '欧阳龘靐',
  certificate: '930102199003078515',
  address: '湖滨街道望湖小区九十九号楼龘单元',
  raterPhone: '13987650999',
  raterName: '诸葛靐麤',
  chatPhone: '13987650777',
  chatName: '司徒犇猋',
  callPhone: '13987650555',
  chatWords: '家住龘靐里弄的燚先生',
  password: 'Wrong-Word-龘-2026',
  apiKey: 'hy_marker_key_that_is_wrong_0123456789',
} as const;

let folder: string;
let system: System;
let serving: Serving;
let http: ReturnType<typeof supertest>;
const lines: string[] = [];
const clock = createFakeClock('2026-10-09T01:00:00.000Z');
/** Bodies of every refusal of the journey. */
const refusals: string[] = [];

const person = async (username: string) => {
  const answer = await http.post('/api/v1/session').send({ username, password: demoPassword });
  const { csrfToken } = answer.body as { csrfToken: string };
  const headers = { Cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '', 'X-CSRF-Token': csrfToken };
  let keys = 0;
  return {
    get: (path: string) => http.get(`/api/v1${path}`).set(headers),
    post: (path: string, body: object = {}) => {
      keys += 1;
      return http
        .post(`/api/v1${path}`)
        .set({ ...headers, 'Idempotency-Key': `${username}-${keys}` })
        .send(body);
    },
    put: (path: string, body: object) => http.put(`/api/v1${path}`).set(headers).send(body),
  };
};

const refused = (answer: { readonly status: number; readonly text: string }): void => {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  refusals.push(answer.text);
};

const ticketJourney = async (): Promise<void> => {
  const agent = await person('agent1');
  const form = aTicket({ name: secrets.name, phone: secrets.phone, address: secrets.address });
  const made = await agent.post('/tickets', form);
  expect(made.status).toBe(201);
  const { id } = made.body as { id: string };
  // Whoever types the draft sees it; everybody else sees it masked.
  const shown = await (await person('dispatcher1')).get(`/tickets/${id}`);
  expect(shown.status).toBe(200);
  for (const secret of [secrets.phone, secrets.name, secrets.address]) expect(shown.text).not.toContain(secret);
  expect((await agent.post(`/tickets/${id}/unmask`, { field: 'phone', reason: '回拨核实' })).text).toContain(secrets.phone);
  expect((await agent.post('/callers/look-up', { phone: secrets.phone, reason: '核对来电' })).status).toBe(200);
  expect((await agent.post(`/tickets/${id}/moves/accept`).set('If-Match', '"1"')).status).toBe(200);
  refused(await agent.post('/tickets', { ...form, [secrets.name]: secrets.phone }));
  refused(await agent.post('/tickets', { ...form, phone: `${secrets.phone}x`, name: { $ne: secrets.name } }));
  refused(await agent.get(`/tickets?q=${encodeURIComponent(secrets.name)}&state=${secrets.phone}`));
  refused(await agent.get(`/tickets/${secrets.phone}`));
  refused(await agent.post(`/tickets/${id}/moves/accept`, { opinion: secrets.name }).set('If-Match', '"1"'));
  expect((await agent.get(`/tickets?q=${encodeURIComponent(secrets.name)}`)).status).toBe(200);
};

const ratingJourney = async (): Promise<void> => {
  const { key } = await system.identity.apiClients.create({ name: '报送系统', scopes: ['ratings:write'] }, { kind: 'system', id: 'SYSTEM' });
  const send = (body: object) => http.post('/api/v1/ratings').set('Authorization', `Bearer ${key}`).send(body);
  const rating = aBadRating({
    deptCode: '11930100MB2000039A',
    areaCode: '930100',
    userName: secrets.raterName,
    mobile: secrets.raterPhone,
    certNo: secrets.certificate,
  });
  const made = await send(rating);
  expect(made.status).toBe(201);
  expect((await send({ ...rating, satisfaction: 2, evalDetail: '209' })).status).toBe(202);
  refused(await send({ ...rating, projectNo: '', mobile: secrets.raterName, extra: secrets.raterPhone }));
  const { rectificationId } = made.body as { rectificationId: string };
  const handler = await person('handler.hrss');
  const shown = await handler.get(`/rectifications/${rectificationId}`);
  expect(shown.status).toBe(200);
  for (const secret of [secrets.raterName, secrets.raterPhone, secrets.certificate]) expect(shown.text).not.toContain(secret);
  const contact = { at: clock.now().toISOString(), method: 'PHONE', result: 'REACHED', note: `已致电${secrets.raterName}，号码${secrets.raterPhone}` };
  expect((await handler.post(`/rectifications/${rectificationId}/contacts`, contact)).status).toBe(201);
  expect((await handler.put(`/rectifications/${rectificationId}/draft`, { measures: `向${secrets.raterName}说明` })).status).toBe(200);
};

const talkJourney = async (): Promise<void> => {
  const talk = await http.post('/api/v1/public/conversations').send({
    startKey: 'k'.repeat(30),
    clientMsgId: 'first-line',
    body: `您好，${secrets.chatWords}想问退休手续`,
    name: secrets.chatName,
    phone: secrets.chatPhone,
  });
  expect(talk.status).toBe(201);
  const { id, token, version } = talk.body as { id: string; token: string; version: number };
  const bearer = { Authorization: `Bearer ${token}` };
  expect((await http.put(`/api/v1/public/conversations/${id}/contact`).set(bearer).send({ name: secrets.chatName, phone: secrets.chatPhone })).status).toBe(
    200,
  );
  const agent = await person('agent2');
  expect((await agent.post(`/conversations/${id}/moves/take`).set('If-Match', `"${version}"`)).status).toBe(200);
  expect((await agent.post(`/conversations/${id}/ticket`, {})).status).toBe(201);
  refused(await http.get(`/api/v1/public/conversations/${id}?token=${token}`).set('Authorization', `Bearer ${secrets.apiKey}`));
  expect((await http.post('/api/v1/public/calls').send({ phone: secrets.callPhone, consent: true })).status).toBe(201);
  refused(await http.post('/api/v1/session').send({ username: secrets.name, password: secrets.password }));
  refused(await http.get('/api/v1/public/progress').query({ code: secrets.phone, last4: secrets.name }));
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-privacy-'));
  const url = process.env['TEST_DATABASE_URL'];
  const environment = { PORT: '0', DATA_DIR: folder, DEMO: '1', PUBLIC_RATE_LIMIT: '0', ...(url === undefined ? {} : { DATABASE_URL: url }) };
  const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
  system = compose(readConfig(environment), { clock, logger });
  if (url !== undefined) await emptySchema(system.database);
  await prepare(system, { people: true });
  serving = await serve(system);
  http = supertest(serving.url);
  await ticketJourney();
  await ratingJourney();
  await talkJourney();
  await system.settle();
}, 60_000);
afterAll(async () => {
  await serving.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The words of a matter are searched in full and so stand in the ticket's own table; numbers, names and addresses do not. */
const words = ['chatWords'];

/** Which of the secrets stand in it, in clear text or as anybody could turn them back. */
const found = (where: Buffer | string, except: readonly string[] = []): readonly string[] => {
  const bytes = Buffer.isBuffer(where) ? where : Buffer.from(where);
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const forms = [
      Buffer.from(secret),
      Buffer.from(JSON.stringify(secret).slice(1, -1)),
      Buffer.from(encodeURIComponent(secret)),
      Buffer.from(secret, 'utf16le'),
    ];
    return !except.includes(name) && forms.some((form) => bytes.includes(form)) ? [name] : [];
  });
};

describe('security I-18: personal data stays put', () => {
  test('the search finds what it looks for', () => {
    expect(found(`x${secrets.phone}`)).toEqual(['phone']);
    expect(found(encodeURIComponent(secrets.name))).toEqual(['name']);
  });

  test('the log speaks of the journey, and of nobody', () => {
    const log = lines.join('');
    expect(lines.length).toBeGreaterThan(20);
    expect(log).toContain('tickets.create');
    expect(found(log)).toEqual([]);
    expect(log).not.toContain(demoPassword);
  });

  test('a log line keeps only allowed fields, and no line breaks', () => {
    const told: string[] = [];
    const logger = createLogger('info', { write: (line: string) => void told.push(line) });
    logger.info({
      event: 'probe',
      phone: secrets.phone,
      body: { name: secrets.name },
      err: new Error(secrets.name),
      code: `a\r\n{"event":"forged"}\u001b[31m`,
    });
    expect(told).toHaveLength(1);
    const line = JSON.parse(told[0] ?? '') as Record<string, unknown>;
    expect(Object.keys(line).sort()).toEqual(['code', 'event', 'level', 'time']);
    expect(line['code']).not.toMatch(/[\r\n\u001b]/);
  });

  test('refusals repeat nothing of what was sent', () => {
    expect(refusals.length).toBeGreaterThan(7);
    // The address of a request is named by `instance`, which whoever asked knows; nothing else is repeated.
    const told = refusals.map((text) => JSON.stringify({ ...(JSON.parse(text) as object), instance: '' }));
    expect(told.map((text) => found(text))).toEqual(told.map(() => []));
  });

  test('metrics, health and the API document name nobody', async () => {
    for (const path of ['/metrics', '/healthz', '/readyz', '/api/v1/openapi.json']) expect([path, found((await http.get(path)).text)]).toEqual([path, []]);
  });

  test('facts, outbox and idempotency rows name nobody', async () => {
    for (const table of ['fact', 'fact_room', 'outbox', 'idempotency', 'reaction_failure', 'setting', 'audit']) {
      const rows = await system.database.sequelize.query(`SELECT * FROM ${table}`, { type: QueryTypes.SELECT });
      expect([table, found(JSON.stringify(rows))]).toEqual([table, []]);
    }
  });

  test('no table holds a number, a certificate or a citizen in clear text', async () => {
    const tables = await system.database.sequelize.getQueryInterface().showAllTables();
    expect(tables.length).toBeGreaterThan(30);
    for (const table of tables) {
      const name = typeof table === 'string' ? table : (table as { tableName: string }).tableName;
      const rows = await system.database.sequelize.query(`SELECT * FROM \`${name}\``, { type: QueryTypes.SELECT });
      expect([name, found(JSON.stringify(rows), name.startsWith('ticket') ? words : [])]).toEqual([name, []]);
    }
  });

  test('nor do the files of the data folder: database, write-ahead log, uploads', () => {
    const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    expect(existsSync(folder)).toBe(true);
    for (const file of files) expect([file.name, found(readFileSync(join(file.parentPath, file.name)), words)]).toEqual([file.name, []]);
  });
});
