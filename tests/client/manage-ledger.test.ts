import { closureFigures } from '#contracts/api/reports';
import type { ClosureFigures } from '#contracts/api/reports';
import { afterRate, beforeRate, indicatorsOf, partsOf, percentOf } from '../../client/src/features/manage/ledger-columns';
import { periodOf } from '../../client/src/features/manage/periods';

const at = (text: string): number => Date.parse(text);

describe('整改台账', () => {
  test('the columns read as the calculation, exclusions and lateness stand beside the rate', () => {
    expect(beforeRate.map((column) => column.figure)).toEqual(['due', 'notAdopted', 'shouldRectify', 'closed']);
    expect(afterRate.map((column) => column.figure)).toEqual(['overdueUnclosed', 'closedLate', 'closedDissatisfied', 'notYetDue']);
  });

  test('nothing divided by nothing is a dash, never 0 or 100', () => {
    expect(percentOf({ numerator: 0, denominator: 0, percent: null })).toBe('—');
    expect(percentOf({ numerator: 203, denominator: 208, percent: 97.6 })).toBe('97.60%');
    expect(partsOf({ numerator: 203, denominator: 208, percent: 97.6 })).toBe('203 / 208');
  });

  test('every rate names figures that can be opened', () => {
    const figures = Object.fromEntries(Object.keys(closureFigures).map((name) => [name, 0])) as ClosureFigures;
    const rate = { numerator: 0, denominator: 0, percent: null };
    const rates = {
      rectificationRate: rate,
      onTimeRectificationRate: rate,
      onTimeVerifyRate: rate,
      replyRate: rate,
      ratingCallbackRate: rate,
      effectiveCallbackRate: rate,
      notAdoptedRate: rate,
    };
    for (const one of indicatorsOf(figures, rates)) expect([one.numerator in closureFigures, one.denominator in closureFigures]).toEqual([true, true]);
  });

  test('periods are whole months of Shanghai, over the turn of the year too', () => {
    // 17:00 UTC on 31 December is already the new year in Shanghai.
    expect(periodOf('thisMonth', at('2026-12-31T17:00:00Z'))).toEqual({ from: '2027-01-01', to: '2027-01-31' });
    expect(periodOf('lastMonth', at('2026-12-31T17:00:00Z'))).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(periodOf('quarter', at('2026-11-22T04:00:00Z'))).toEqual({ from: '2026-10-01', to: '2026-12-31' });
    expect(periodOf('thisMonth', at('2028-02-10T04:00:00Z')).to).toBe('2028-02-29');
  });
});
