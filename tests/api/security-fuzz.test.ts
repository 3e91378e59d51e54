import { Agent, request as httpRequest } from 'node:http';
import { type Corpus, type Dice, diceOf, fitting, hostile, hostileTexts, type Schema, spoiled } from '../support/fuzz';
import { aPicture, populate, type Populated } from '../support/populated-system';
import { type Person, startTestSystem, type TestSystem } from '../support/test-system';

/** Per operation; security §12 asks for 150, which FUZZ_REQUESTS=150 gives. */
const perOperation = Number(process.env['FUZZ_REQUESTS'] ?? 12);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_009);

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}
interface Operation {
  readonly operationId: string;
  readonly 'x-roles': readonly string[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}
interface Planned {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}
interface Answered {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const keepAlive = new Agent({ keepAlive: true, maxSockets: 4 });
let running: TestSystem;
let objects: Populated;
let operations: readonly { readonly method: string; readonly path: string; readonly operation: Operation }[];

/** Nobody whose account a request could lock or change is also asking. */
const askers: Readonly<Record<string, string>> = {
  AGENT: 'agent1',
  TEAM_LEAD: 'lead1',
  DISPATCHER: 'dispatcher1',
  HANDLER: 'handler.hrss',
  ORG_APPROVER: 'approver.hrss',
  REVIEWER: 'reviewer1',
  CALLBACK_AGENT: 'callback1',
  RATING_SUPERVISOR: 'supervisor1',
  APPEAL_REVIEWER: 'appeal1',
  MANAGER: 'manager1',
  ADMIN: 'admin1',
  STAFF: 'kbeditor1',
};
const people = new Map<string, Person>();

const personOf = async (role: string, fresh = false): Promise<Person | null> => {
  const login = askers[role];
  if (login === undefined) return null;
  const known = people.get(login);
  if (known !== undefined && !fresh) return known;
  const person = await running.as(login).catch(() => null);
  if (person !== null) people.set(login, person);
  return person;
};

beforeAll(async () => {
  running = await startTestSystem();
  objects = await populate(running);
  const { body } = await running.http.get('/api/v1/openapi.json');
  const paths = (body as { paths: Record<string, Record<string, Operation>> }).paths;
  operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method, path, operation })));
}, 60_000);
afterAll(async () => {
  keepAlive.destroy();
  await running.close();
});

const corpus = (): Corpus => ({
  ids: [...Object.values(objects).filter((value) => /^[0-9A-Z]{26}$/.test(value)), 'org-lz-urban', 'stf-agent4', 'no-such-thing'],
  texts: {
    orgId: ['org-lz-urban', 'org-lz-hrss', 'org-ad-hrss'],
    accusedOrgId: ['org-lz-amr'],
    categoryCode: ['030101', '01'],
    room: ['hotline', `ticket:${objects.ticket}`, 'staff:stf-agent1'],
    year: ['2026', '1', '9999'],
    cursor: [
      '',
      'W10',
      Buffer.from('["x",{}]').toString('base64url'),
      Buffer.from('[1e400,null]').toString('base64url'),
      Buffer.from('["2026",1]').toString('base64url'),
    ],
    state: ['PENDING_ACCEPT', 'IN_PROGRESS', 'READY', 'x'],
    username: ['nobody', 'agent9'],
    password: ['wrong-password-2026'],
    currentPassword: ['wrong-password-2026'],
    ratings: [[{}, 1, null, 'x', { projectNo: '\u0000' }]],
    startKey: ['k'.repeat(30), 'n'.repeat(40)],
    clientMsgId: ['first-line', 'line-0002', 'line-0003'],
    sourceSystem: ['hall-a', 'hall-b'],
    taskCode: ['11990000123456789K4990101001000'],
    assessTime: ['2026-10-09 08:30:00', '2026-10-08T23:59:59.999Z'],
    acceptDate: ['2026-10-08', '2026-10-08 08:30:00'],
    satisfaction: [1, '2', 'DISSATISFIED', 5],
    evalDetail: ['109,113', '510', ['209'], ''],
    mobile: ['13812345678', ''],
    last4: ['5678', '0000'],
    at: ['2026-10-09T09:00:00+08:00', '2026-10-09T01:00:00Z'],
    from: ['2026-10-01'],
    to: ['2026-10-31'],
    file: ['日期,类型,名称\n2026-10-01,HOLIDAY,国庆节\n', ''],
  },
});

const multipart = (dice: Dice, fields: Readonly<Record<string, unknown>>): { readonly body: Buffer; readonly type: string } => {
  const boundary = 'fuzz-boundary';
  const name = dice.pick([
    '现场.png',
    '.htaccess',
    '\u200b.htaccess',
    '../x.png',
    'a.svg',
    'a.png\u0000.exe',
    '整'.repeat(300) + '.png',
    '"; filename="b.png',
    '',
  ]);
  const text = (key: string, value: unknown): string => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${String(value)}\r\n`;
  const head = Object.entries(fields)
    .map(([key, value]) => text(key, value))
    .join('');
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="${dice.pick(['file', 'other', 'file[]', '__proto__'])}"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`;
  const content = dice.chance(0.6) ? aPicture : Buffer.from(dice.pick(hostileTexts));
  const tail = dice.chance(0.9) ? `\r\n--${boundary}--\r\n` : '';
  return {
    body: Buffer.concat([Buffer.from(head + file), content, Buffer.from(tail)]),
    type: `multipart/form-data; boundary=${dice.chance(0.95) ? boundary : ''}`,
  };
};

/** Objects that the path speaks of; the rest of the ids are foreign there. */
const ownIds = (path: string): readonly string[] => {
  const kinds: readonly (readonly [string, readonly string[]])[] = [
    ['/tickets', [objects.draft, objects.ticket, objects.secretTicket]],
    ['/sub-orders', [objects.subOrder]],
    ['/rectifications', [objects.rectification, objects.clerkRectification]],
    ['/ratings', [objects.rating]],
    ['/conversations', [objects.conversation]],
    ['/public/conversations', [objects.conversation]],
    ['/callback-tasks', [objects.callbackTask]],
    ['/calls', [objects.call]],
    ['/attachments', [objects.ticketAttachment, objects.caseAttachment]],
    ['/staff', ['stf-agent4', 'stf-handler-amr']],
    ['/organizations', ['org-lz-urban', 'org-lz-xijin-jinmen']],
    ['/api-clients', [objects.apiClient]],
  ];
  return kinds.find(([start]) => path.startsWith(start))?.[1] ?? corpus().ids;
};

const pathOf = (path: string, operation: Operation, dice: Dice): string => {
  const given = { dice, corpus: corpus() };
  const isPlain = dice.chance(0.5);
  let filled = path;
  for (const parameter of operation.parameters.filter((entry) => entry.in === 'path')) {
    const known = parameter.name === 'id' && dice.chance(0.85) ? dice.pick(ownIds(path)) : fitting(parameter.schema, parameter.name, given);
    const value = isPlain || dice.chance(0.7) ? known : dice.chance(0.2) ? '%E0%A4%A' : dice.pick(hostileTexts);
    const text = String(value).slice(0, 500);
    filled = filled.replace(`{${parameter.name}}`, text === '%E0%A4%A' ? text : encodeURIComponent(Buffer.from(text).toString()) || '%20');
  }
  const query = operation.parameters.filter((entry) => entry.in === 'query' && (entry.required || dice.chance(0.4)));
  const parts = query.flatMap((parameter) => {
    const value = isPlain || dice.chance(0.5) ? fitting(parameter.schema, parameter.name, given) : dice.pick(hostileTexts);
    const pair = `${parameter.name}=${encodeURIComponent(
      String(value)
        .slice(0, 1_500)
        .replaceAll(/[\ud800-\udfff]/g, '𠮷'),
    )}`;
    const odd = isPlain ? 9 : dice.below(8);
    if (odd === 0) return [pair, pair];
    if (odd === 1) return [pair.replace('=', '[$ne]=')];
    if (odd === 2) return [`${parameter.name}=%ff%fe`];
    return [pair];
  });
  if (dice.chance(0.03)) parts.push('__proto__[x]=1', 'constructor=1');
  return `/api/v1${filled}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
};

const headersOf = (operation: Operation, dice: Dice): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const { name } of operation.parameters.filter((entry) => entry.in === 'header')) {
    if (dice.chance(0.08)) continue;
    if (name === 'If-Match')
      headers[name] = dice.chance(0.8) ? `"${1 + dice.below(4)}"` : dice.pick(['*', '"x"', '1e3', '-1', '"99999999999999999999"', 'W/"1"', '""', "1' OR 1=1"]);
    else headers[name] = dice.chance(0.8) ? `fuzz-${dice.below(1_000_000)}` : dice.pick(['', ' ', 'x'.repeat(65), 'é', 'same-key', 'a b', "'--"]);
  }
  return headers;
};

const bodyOf = (operation: Operation, dice: Dice): { readonly body: string | Buffer | null; readonly type: string } => {
  const content = operation.requestBody?.content ?? {};
  const form = content['multipart/form-data'];
  const given = { dice, corpus: corpus() };
  if (form !== undefined) {
    const { file: _file, ...fields } = fitting(form.schema, '', given) as Record<string, unknown>;
    return multipart(dice, dice.chance(0.7) ? fields : { ...fields, [dice.pick(['subjectId', '__proto__', 'x'])]: dice.pick(hostileTexts) });
  }
  const schema = content['application/json']?.schema;
  if (schema === undefined) return dice.chance(0.8) ? { body: null, type: '' } : { body: JSON.stringify(hostile(dice)), type: 'application/json' };
  const good = fitting(schema, '', given);
  const kind = dice.below(20);
  if (kind === 0) return { body: '{"a":', type: 'application/json' };
  if (kind === 1)
    return {
      body: JSON.stringify(good),
      type: dice.pick(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '', 'application/json; charset=utf-16']),
    };
  if (kind === 2) return { body: '['.repeat(5_000) + ']'.repeat(5_000), type: 'application/json' };
  if (kind === 3) return { body: `{"__proto__":{"x":1},"a":${JSON.stringify(good)}}`, type: 'application/json' };
  if (kind === 4) return { body: JSON.stringify({ x: 'y'.repeat(dice.chance(0.3) ? 9_000_000 : 300_000) }), type: 'application/json' };
  if (kind === 5) return { body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22]), type: 'application/json' };
  return { body: JSON.stringify(dice.chance(0.35) ? good : spoiled(good, dice)), type: 'application/json' };
};

const send = (planned: Planned): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(running.url);
    const sent = httpRequest({ agent: keepAlive, hostname, port, method: planned.method, path: planned.path, headers: planned.headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: String(response.headers['content-type'] ?? ''), text: Buffer.concat(parts).toString('utf8') }),
      );
    });
    sent.on('error', reject);
    sent.end(planned.body ?? undefined);
  });

const leaks =
  /\bat .{0,80}\.(?:ts|js):\d|node_modules|\bSELECT\b|\bINSERT INTO\b|SQLITE_|ER_[A-Z_]{4,}|[Ss]equelize|ZodError|\/(?:home|tmp|work|usr)\/|undefined is not|Cannot read/;

/** What is wrong with an answer, or null. */
const faultOf = (answer: Answered, documented: ReadonlySet<string>): string | null => {
  if (answer.status >= 500) return 'server error';
  if (!documented.has(String(answer.status))) return 'status is not documented';
  if (answer.status < 400) return null;
  if (!answer.type.startsWith('application/problem+json')) return `problem as ${answer.type}`;
  const problem = JSON.parse(answer.text) as Record<string, unknown>;
  if (!/[\u4e00-\u9fff]/.test(String(problem['title'])) || !/[\u4e00-\u9fff]/.test(String(problem['detail']))) return 'not in Chinese';
  if (typeof problem['code'] !== 'string' || typeof problem['requestId'] !== 'string' || problem['status'] !== answer.status) return 'incomplete problem';
  return leaks.test(answer.text) ? 'tells about the inside' : null;
};

const attempt = async (entry: (typeof operations)[number], round: number, dice: Dice): Promise<string | null> => {
  const { operation } = entry;
  const roles = operation['x-roles'].filter((role) => askers[role] !== undefined);
  const role = roles.length === 0 || dice.chance(0.05) ? 'PUBLIC' : dice.pick(roles);
  const person = await personOf(role);
  const { body, type } = bodyOf(operation, dice);
  const headers: Record<string, string> = { ...headersOf(operation, dice), ...(type === '' ? {} : { 'Content-Type': type }) };
  if (body !== null) headers['Content-Length'] = String(Buffer.byteLength(body));
  if (person !== null) Object.assign(headers, { Cookie: person.cookie, 'X-CSRF-Token': person.csrf });
  else if (operation.operationId.startsWith('publicChat'))
    headers['Authorization'] = `Bearer ${dice.chance(0.8) ? objects.conversationToken : dice.pick(['x', 'hy_x', "'"])}`;
  const planned: Planned = { method: entry.method.toUpperCase(), path: pathOf(entry.path, operation, dice), headers, body };
  let answer: Answered;
  try {
    answer = await send(planned);
  } catch (error) {
    // A refused large body may end the connection while it is still being sent.
    const isOversize = planned.body !== null && planned.body.length > 250_000;
    return isOversize ? null : `${operation.operationId} #${round}: ${(error as Error).message}`;
  }
  if (answer.status === 401 && person !== null) await personOf(role, true);
  const fault = faultOf(answer, new Set(Object.keys(operation.responses)));
  const shown = `${planned.method} ${planned.path.slice(0, 200)} ${JSON.stringify(headers['If-Match'] ?? headers['Idempotency-Key'] ?? '')} ${String(planned.body).slice(0, 400)}`;
  return fault === null ? null : `${operation.operationId} #${round} as ${role}: ${fault} (${answer.status} ${answer.text.slice(0, 200)})\n    ${shown}`;
};

describe('security §5, B-1 … B-4: random requests made from the OpenAPI document', () => {
  test(`${perOperation} requests to each operation, seed ${seed}: no 5xx, only documented statuses, nothing told about the inside`, async () => {
    const faults: string[] = [];
    for (const [index, entry] of operations.entries()) {
      const dice = diceOf(seed + index * 7_919);
      for (let round = 0; round < perOperation; round += 1) {
        const fault = await attempt(entry, round, dice);
        if (fault !== null) faults.push(fault);
      }
    }
    expect(faults).toEqual([]);
  }, 900_000);

  test('afterwards everything still stands: health, invariants and chains', async () => {
    expect((await running.http.get('/healthz')).status).toBe(200);
    await running.settle();
    const { findings, chains } = await running.system.verify();
    expect(findings.filter((finding) => finding.offending.length > 0)).toEqual([]);
    expect(chains.filter((chain) => chain.fault !== null)).toEqual([]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  }, 60_000);
});
