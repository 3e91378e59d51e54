import fc from 'fast-check';
import { compareCallers, planOffers, type WaitingCaller } from '../../../services/telephony/domain/routing';
import { defaultSettings } from '../../../services/telephony/domain/settings';
import { nextAttemptAt, withinCallingHours } from '../../../services/telephony/domain/callback-task';
import { expectedWaitSeconds, waitBand } from '../../../services/telephony/domain/waiting';

const now = Date.parse('2026-10-09T01:00:00.000Z');
const caller = (id: string, agoSeconds: number, more: Partial<WaitingCaller> = {}): WaitingCaller => ({
  entryId: id,
  callId: id,
  lane: 'NORMAL',
  enqueuedAt: now - agoSeconds * 1000,
  boost: 0,
  prefAgent: null,
  excluded: [],
  ...more,
});
const agent = (agentId: string, idleForSeconds: number) => ({ agentId, idleSince: now - idleForSeconds * 1000 });
const given = { now, settings: defaultSettings };
const pairs = (offers: ReturnType<typeof planOffers>) => offers.map((offer) => `${offer.callId}→${offer.agentId}`);

describe('选坐席（design-channels §2.2）', () => {
  test('the oldest caller meets the agent who has been idle longest', () => {
    expect(pairs(planOffers([caller('young', 5), caller('old', 50)], [agent('fresh', 1), agent('rested', 100)], given))).toEqual(['old→rested', 'young→fresh']);
  });

  test('an emergency goes first, a boost counts as waiting', () => {
    const callers = [caller('plain', 100), caller('boosted', 10, { boost: 300 }), caller('sos', 1, { lane: 'EMERGENCY' })];
    expect(pairs(planOffers(callers, [agent('a', 3), agent('b', 2), agent('c', 1)], given))).toEqual(['sos→a', 'boosted→b', 'plain→c']);
  });

  test('whoever rejected is spared this caller and keeps the next one', () => {
    const excluded = [{ agentId: 'a', until: now + 1000 }];
    expect(pairs(planOffers([caller('old', 50, { excluded }), caller('young', 5)], [agent('a', 9)], given))).toEqual(['young→a']);
    expect(pairs(planOffers([caller('old', 50, { excluded: [{ agentId: 'a', until: now }] })], [agent('a', 9)], given))).toEqual(['old→a']);
  });

  test('the agent who knows the matter is preferred while the wait is short', () => {
    expect(planOffers([caller('again', 5, { prefAgent: 'b' })], [agent('a', 9), agent('b', 1)], given)[0]).toMatchObject({ agentId: 'b', why: 'PREFERRED' });
    expect(planOffers([caller('again', 11, { prefAgent: 'b' })], [agent('a', 9), agent('b', 1)], given)[0]).toMatchObject({
      agentId: 'a',
      why: 'LONGEST_IDLE',
    });
  });

  test('nobody is overtaken by someone who came later than the boost (I5)', () => {
    const arbitrary = fc.record({ ago: fc.integer({ min: 0, max: 3600 }), boost: fc.constantFrom(0, 30, 60, 120, 300) });
    fc.assert(
      fc.property(fc.array(arbitrary, { minLength: 2, maxLength: 20 }), (rows) => {
        const callers = rows.map((row, index) => caller(`c${index}`, row.ago, { boost: row.boost })).sort(compareCallers);
        for (let later = 1; later < callers.length; later += 1) {
          for (let earlier = 0; earlier < later; earlier += 1) {
            const first = callers[earlier]!;
            const second = callers[later]!;
            expect(first.enqueuedAt - second.enqueuedAt).toBeLessThanOrEqual(Math.max(0, first.boost - second.boost) * 1000);
          }
        }
      }),
    );
  });

  test('2,000 waiting and 300 agents are planned in one short pass', () => {
    const callers = Array.from({ length: 2000 }, (_, index) => caller(`c${index}`, index % 700));
    const agents = Array.from({ length: 300 }, (_, index) => agent(`a${index}`, index % 90));
    const started = performance.now();
    expect(planOffers(callers, agents, given)).toHaveLength(300);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('等待与回拨的时刻', () => {
  test.each([
    [1, 4, 180, '约3分钟'],
    [1, 4, 50, '不到1分钟'],
    [9, 4, 180, '5分钟以上'],
    [3, 0, 30, '约3分钟'],
  ])('place %i, %i agents, %i s each → %s', (position, activeAgents, averageHandleSeconds, band) => {
    expect(waitBand(expectedWaitSeconds({ position, activeAgents, averageHandleSeconds }))).toBe(band);
  });

  test.each([
    ['2026-10-09T10:00:00+08:00', '2026-10-09T10:00:00+08:00'],
    ['2026-10-09T03:00:00+08:00', '2026-10-09T08:00:00+08:00'],
    ['2026-10-09T20:59:59+08:00', '2026-10-09T20:59:59+08:00'],
    ['2026-10-09T21:00:00+08:00', '2026-10-10T08:00:00+08:00'],
  ])('a call-back due %s is made %s', (due, made) => expect(withinCallingHours(new Date(due))).toEqual(new Date(made)));

  test.each([
    [0, '2026-10-09T10:00:00+08:00'],
    [1, '2026-10-09T10:15:00+08:00'],
    [2, '2026-10-09T12:00:00+08:00'],
    [3, '2026-10-10T08:00:00+08:00'],
  ])('after %i tries the next is at %s', (attempts, at) => expect(nextAttemptAt(attempts, new Date('2026-10-09T10:00:00+08:00'))).toEqual(new Date(at)));
});
