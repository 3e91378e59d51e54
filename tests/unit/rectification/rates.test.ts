import { rateOf } from '../../../services/rectification/queries/closure-report';

describe('比率', () => {
  test.each([
    [16365, 16567, 98.78],
    [0, 0, null],
    [0, 5, 0],
    [5, 5, 100],
    [1, 3, 33.33],
    [2, 3, 66.67],
    [1, 8, 12.5],
    [10_049, 100_000, 10.05],
  ])('%i / %i = %s', (numerator, denominator, percent) => {
    expect(rateOf(numerator, denominator).percent).toBe(percent);
  });
});
