import fc from 'fast-check';
import { anAgent, type Rig, startRig } from './telephony-rig';

/** Lane A (design-channels §7): random schedules of arrivals, accepts, rejects, deaths and restarts; the invariants hold after every step. */
const schedules = Number(process.env['TEL_SCHEDULES'] ?? 40);

let rig: Rig;
const agents = ['a', 'b', 'c'].map((id) => anAgent(id));
const phones = ['13800138000', '13900139000', '13700137000', 'anonymous'];

beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

type Step =
  | { readonly do: 'ring'; readonly phone: number }
  | { readonly do: 'pass'; readonly seconds: number }
  | { readonly do: 'accept' | 'reject' | 'hangUp' | 'hold' | 'unhold' | 'done' | 'die' | 'wake' | 'wish' | 'signOut'; readonly agent: number }
  | { readonly do: 'leave' | 'lose' | 'press' | 'vanish'; readonly caller: number }
  | { readonly do: 'silence'; readonly on: boolean }
  | { readonly do: 'repeat' | 'restart' };

const agent = fc.nat({ max: agents.length - 1 });
const caller = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('ring' as const), phone: fc.nat({ max: phones.length - 1 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 2, 6, 16, 31) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('accept' as const), agent }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom('reject' as const, 'hangUp' as const, 'hold' as const, 'unhold' as const, 'done' as const), agent }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('die' as const, 'wake' as const, 'wish' as const, 'signOut' as const), agent }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'lose' as const, 'press' as const, 'vanish' as const), caller }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('silence' as const), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('repeat' as const, 'restart' as const) }) },
);

/** A refusal is a fine answer to a step that does not fit; anything else is not. */
const allowed = async (attempt: Promise<unknown>): Promise<void> => {
  try {
    await attempt;
  } catch (error) {
    if ((error as Error).name !== 'DomainError') throw error;
  }
};

const callOf = async (agentId: string): Promise<string> =>
  String((await rig.rows(`SELECT callId FROM agent_session WHERE agentId = '${agentId}'`))[0]?.['callId'] ?? 'none');
const nth = (index: number): string => rig.fake.live()[index % Math.max(1, rig.fake.live().length)] ?? 'none';

const byAgent = async (what: string, index: number): Promise<void> => {
  const who = agents[index]!;
  const { telephony } = rig;
  if (what === 'die') return void rig.awake.delete(who.id);
  if (what === 'wake') return allowed(rig.signIn(who));
  if (what === 'wish') return allowed(telephony.agents.changeState(who, { state: 'BREAK', reason: '午餐' }));
  if (what === 'signOut') return allowed(telephony.agents.changeState(who, { state: 'OFFLINE' }));
  const callId = await callOf(who.id);
  if (what === 'done') return allowed(telephony.wrapUp.done(callId, who));
  return allowed(telephony[what as 'accept'](callId, who));
};

const run = async (one: Step): Promise<void> => {
  if ('agent' in one) await byAgent(one.do, one.agent);
  else if (one.do === 'ring') await rig.fake.ring(phones[one.phone]!);
  else if (one.do === 'pass') await rig.pass(one.seconds, 4);
  else if (one.do === 'leave') await rig.fake.hangUp(nth(one.caller));
  else if (one.do === 'lose') await rig.fake.hangUp(nth(one.caller), 'media_lost');
  else if (one.do === 'press') await rig.fake.press(nth(one.caller), '1');
  else if (one.do === 'vanish') rig.fake.vanish(nth(one.caller));
  else if (one.do === 'silence') rig.fake.faults.noMedia = one.on;
  else if (one.do === 'repeat') rig.fake.faults.repeat = rig.fake.faults.repeat === 1 ? 3 : 1;
  else if (one.do === 'restart') await rig.restart();
  await rig.telephony.settle();
};

const broken = async (): Promise<unknown> =>
  (await rig.telephony.verify()).filter((finding) => finding.offending.length > 0).map(({ invariant, note, offending }) => ({ invariant, note, offending }));

/** I4 as a history: the place in time that the queue knew first is the one it knows last. */
const places = async (): Promise<ReadonlyMap<string, number>> =>
  new Map((await rig.rows('SELECT callId, enqueuedAt FROM acd_entry')).map((row) => [String(row['callId']), Number(row['enqueuedAt'])]));

/** Everybody goes home: every call must come to an end by itself, with an outcome and, where one is due, a task. */
const allEnd = async (): Promise<void> => {
  for (const ext of rig.fake.live()) await rig.fake.hangUp(ext);
  for (const who of agents) rig.awake.delete(who.id);
  await rig.restart();
  await rig.pass(3, 3);
  rig.clock.advance(60_000);
  await rig.pass(3, 3);
  expect(await rig.rows("SELECT id, state FROM phone_call WHERE state <> 'CLOSED'")).toEqual([]);
  // security I-09
  const untold = `SELECT c.id FROM phone_call c WHERE c.version <> (SELECT COUNT(*) FROM trail t WHERE t.subject = 'call' AND t.subjectId = c.id)
    UNION SELECT k.id FROM callback_task k WHERE k.version <> (SELECT COUNT(*) FROM trail t WHERE t.subject = 'callbackTask' AND t.subjectId = k.id)`;
  expect(await rig.rows(untold)).toEqual([]);
  const [sum] = await rig.rows(
    "SELECT COUNT(*) AS n, SUM(CASE WHEN outcome IN ('ANSWERED','ABANDONED','OVERFLOW') THEN 1 ELSE 0 END) AS ended FROM phone_call",
  );
  expect(Number(sum?.['ended'] ?? 0)).toBe(Number(sum?.['n']));
};

test(`${schedules} random schedules keep I1 to I8`, async () => {
  await rig.temporary.database.withoutFlush(() =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
        await rig.clean();
        for (const who of agents.slice(0, 2)) await rig.signIn(who);
        const first = new Map<string, number>();
        for (const [index, one] of steps.entries()) {
          await run(one);
          // A broken row stays broken, so every second look is enough.
          if (index % 2 === 1) expect([await broken(), await rig.telephony.overdueCustodies()]).toEqual([[], 0]);
          for (const [callId, at] of await places()) {
            if (!first.has(callId)) first.set(callId, at);
            expect(at).toBe(first.get(callId));
          }
        }
        await allEnd();
        expect(await broken()).toEqual([]);
      }),
      { numRuns: schedules, endOnFailure: false },
    ),
  );
}, 600_000);
