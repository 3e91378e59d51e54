import { anAgent, type Rig, startRig } from './telephony-rig';

let rig: Rig;
const seats = ['a', 'b', 'c', 'd', 'e'].map((id) => anAgent(id));
const calls = 40;

beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

/** A refusal is how the loser of a race learns of it. */
const tried = async (attempt: Promise<unknown>): Promise<boolean> => {
  try {
    await attempt;
    return true;
  } catch (error) {
    if ((error as Error).name !== 'DomainError') throw error;
    return false;
  }
};

test('C17: a crowd of callers and five seats acting at once: nobody lost, nobody answered twice, the work shared evenly', async () => {
  for (const seat of seats) await rig.signIn(seat);
  const ring = (index: number) => rig.fake.ring(`138${String(10_000_000 + index)}`);
  for (let first = 0; first < calls; first += 20) await Promise.all(Array.from({ length: 20 }, (_, index) => ring(first + index)));
  await rig.telephony.settle();

  for (let round = 0; round < 60; round += 1) {
    const ringing = await rig.rows("SELECT id FROM phone_call WHERE state = 'OFFERED'");
    const talking = await rig.rows("SELECT id, agentId FROM phone_call WHERE state = 'TALKING'");
    const wrapping = await rig.rows("SELECT id, agentId FROM phone_call WHERE state = 'WRAP'");
    // Every seat presses on every call that rings; only the one that is rung may win.
    const presses = ringing.flatMap((call) => seats.map((seat) => tried(rig.telephony.accept(String(call['id']), seat))));
    const own = (call: Record<string, unknown>) => seats.find((seat) => seat.id === call['agentId'])!;
    const ends = talking.map((call) => tried(rig.telephony.hangUp(String(call['id']), own(call))));
    const done = wrapping.map((call) => tried(rig.telephony.wrapUp.done(String(call['id']), own(call))));
    const won = (await Promise.all(presses)).filter(Boolean).length;
    await Promise.all([...ends, ...done]);
    expect(won).toBe(ringing.length);
    await rig.telephony.settle();
    await rig.pass(1);
    if ((await rig.rows("SELECT id FROM phone_call WHERE state <> 'CLOSED'")).length === 0) break;
  }

  expect(await rig.rows('SELECT state, outcome, COUNT(*) AS n FROM phone_call GROUP BY state, outcome')).toEqual([
    { state: 'CLOSED', outcome: 'ANSWERED', n: calls },
  ]);
  const shares = (await rig.rows('SELECT agentId, COUNT(*) AS n FROM phone_call GROUP BY agentId')).map((row) => Number(row['n']));
  expect(shares).toHaveLength(5);
  for (const share of shares) expect(Math.abs(share - calls / 5)).toBeLessThanOrEqual(Math.ceil((calls / 5) * 0.1));
  expect((await rig.telephony.verify()).filter((finding) => finding.offending.length > 0)).toEqual([]);
}, 180_000);
