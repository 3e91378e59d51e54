import { isTooSlow, literalsIn } from './regular-expressions';
import { sourcesIn } from './sources';

const literals = sourcesIn(['services', 'server', 'knowledge-base'], /(?<!\.d)\.ts$/).flatMap((source) => literalsIn(source));

describe('正则不因来文而停摆（security B-5）', () => {
  test('no expression of the product needs a quarter of a second for 10,000 characters', () => {
    expect(literals.length).toBeGreaterThan(30);
    const known = new Map<string, boolean>();
    const slow = literals.filter(({ literal }) => {
      const answer = known.get(literal) ?? isTooSlow(literal);
      known.set(literal, answer);
      return answer;
    });
    expect(slow.map(({ place, literal }) => `${place} ${literal}`)).toEqual([]);
  }, 120_000);

  test.each(['/^(([一-龥]+、?)+)$/u', '/^(a+)+$/', '/(.*)*x/', '/^(\\s*-\\s*)+$/', '/^(\\d+\\.?)+$/'])('%s is caught', (literal) =>
    expect(isTooSlow(literal)).toBe(true),
  );

  test.each(['/^\\d{6}$/', '/^[0-9A-Za-z_-]{1,40}$/', '/[\\s-]/', '/^\\s+/'])('%s passes', (literal) => expect(isTooSlow(literal)).toBe(false));
});
