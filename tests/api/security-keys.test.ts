import { startTestSystem, type TestSystem } from '../support/test-system';

let limited: TestSystem;
beforeAll(async () => {
  limited = await startTestSystem({ environment: { PUBLIC_RATE_LIMIT: '5' } });
});
afterAll(() => limited.close());

test('security A-9: keys cannot be tried without end, for the limit of the public counts wrong ones', async () => {
  const statuses: number[] = [];
  for (let index = 0; index < 8; index += 1) {
    const sent = limited.http.get('/api/v1/ratings').set('Authorization', `Bearer hy_${String(index).repeat(43)}`);
    // Nobody is another address by saying so: no proxy is configured (security A-9).
    statuses.push((await sent.set('X-Forwarded-For', `10.0.0.${index}`).set('Forwarded', `for=10.0.1.${index}`)).status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
});
