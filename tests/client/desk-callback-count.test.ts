import { countAttempts } from '../../client/src/features/callback/attempt-rules';

const missed = (at: string) => ({ at, result: 'NO_ANSWER' });

describe('联系不上还差几次', () => {
  test('three attempts on one forenoon are not enough', () => {
    const count = countAttempts([missed('2026-10-09T09:00:00+08:00'), missed('2026-10-09T10:00:00+08:00'), missed('2026-10-09T11:00:00+08:00')], 'rating');
    expect(count).toMatchObject({ tried: 3, days: 1, parts: 1 });
    expect(count.needs).toEqual(['再隔 1 天', '换一个时段（上午、下午、晚上）']);
  });

  test('three attempts on two days at different times are enough; an answered call does not count', () => {
    const attempts = [missed('2026-10-09T09:00:00+08:00'), missed('2026-10-09T15:00:00+08:00'), missed('2026-10-10T19:00:00+08:00')];
    expect(countAttempts(attempts, 'rating').needs).toEqual([]);
    expect(countAttempts([...attempts.slice(0, 2), { at: '2026-10-10T19:00:00+08:00', result: 'DISSATISFIED' }], 'rating').needs).toContain('再试 1 次');
  });
});
