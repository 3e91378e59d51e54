import { caseTypes } from '#contracts/vocabulary/case-types';
import { ratingTags, tagsOfLevel } from '#contracts/vocabulary/rating-tags';
import { satisfactions, satisfactionLevels } from '#contracts/vocabulary/satisfaction';
import { readRating } from '../../../services/ratings/adapters/read-rating';
import { tagsFitLevel } from '../../../services/ratings/domain/rating-intake';
import { aRating, type RawRating } from '../../support/ratings';

const read = (changes: Partial<RawRating>) => {
  const result = readRating(aRating(changes));
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.rating;
};

const problems = (row: unknown) => {
  const result = readRating(row);
  return result.ok ? [] : result.errors.map((error) => `${error.path} ${error.code}`);
};

describe('两套代码', () => {
  test.each([
    ['PLATFORM', 5, 'VERY_SATISFIED'],
    ['PLATFORM', 4, 'SATISFIED'],
    ['PLATFORM', 3, 'BASICALLY_SATISFIED'],
    ['PLATFORM', 2, 'DISSATISFIED'],
    ['PLATFORM', 1, 'VERY_DISSATISFIED'],
    ['GB39046', 1, 'VERY_SATISFIED'],
    ['GB39046', 2, 'SATISFIED'],
    ['GB39046', 3, 'BASICALLY_SATISFIED'],
    ['GB39046', 4, 'DISSATISFIED'],
    ['GB39046', 5, 'VERY_DISSATISFIED'],
  ] as const)('%s %i is %s', (codeSystem, satisfaction, level) => {
    expect(read({ codeSystem, satisfaction }).level).toBe(level);
    expect(read({ codeSystem, satisfaction: String(satisfaction) }).level).toBe(level);
    expect(read({ codeSystem, satisfaction: level }).level).toBe(level);
  });

  test.each([
    ['PLATFORM', 1, 'PROMISED'],
    ['PLATFORM', 2, 'INSTANT'],
    ['GB39046', 1, 'INSTANT'],
    ['GB39046', 2, 'PROMISED'],
    ['GB39046', 9, 'OTHER'],
  ] as const)('case type %s %i is %s', (codeSystem, caseType, name) => {
    expect(read({ codeSystem, caseType }).caseType).toBe(name);
  });

  test('levels and case types run in opposite directions', () => {
    for (const level of satisfactions) expect(satisfactionLevels[level].codes.GB39046 + satisfactionLevels[level].codes.PLATFORM).toBe(6);
    expect(caseTypes.INSTANT.codes.GB39046).toBe(caseTypes.PROMISED.codes.PLATFORM);
  });

  test('nothing is guessed: no code system, no intake; an unknown number is refused at its field', () => {
    const { codeSystem: _left, ...without } = aRating();
    expect(problems(without)).toEqual(['/codeSystem invalid_value']);
    expect(problems(aRating({ satisfaction: 6 }))).toEqual(['/satisfaction unknown-code']);
    expect(problems(aRating({ caseType: 9 }))).toEqual(['/caseType unknown-code']);
    expect(problems(aRating({ channel: 8 }))).toEqual(['/channel unknown-code']);
    expect(read({ channel: 'PHONE' }).channel).toBe('PHONE');
  });

  test('unknown fields, wrong types and foreign text are refused with their place', () => {
    expect(problems({ ...aRating(), level: 1 })).toHaveLength(1);
    expect(problems(aRating({ projectNo: 'x'.repeat(51) }))).toEqual(['/projectNo custom']);
    expect(problems({ ...aRating(), satisfaction: { $gt: 0 } })).toHaveLength(1);
    expect(problems({ ...aRating(), projectNo: ['a'] })).toHaveLength(1);
    expect(problems(null)).toHaveLength(1);
  });

  test('what a sender leaves out, empty or null is not there', () => {
    const empty = { evalDetail: null, writingEvaluation: '', userName: null, mobile: '', certNo: null, userProp: null, isAnonymous: null, windowName: '' };
    expect(read(empty)).toMatchObject({
      tags: [],
      words: null,
      userName: null,
      mobile: null,
      certNo: null,
      userProp: null,
      isAnonymous: false,
      windowName: null,
    });
  });

  test('a time of the platform is Shanghai time', () => {
    expect(read({ assessTime: '2026-10-09 08:30:00' }).assessAt.toISOString()).toBe('2026-10-09T00:30:00.000Z');
    expect(read({ assessTime: '2026-10-09T00:30:00Z' }).assessAt.toISOString()).toBe('2026-10-09T00:30:00.000Z');
    expect(problems(aRating({ assessTime: '2026-13-41 08:30:00' })).length).toBeGreaterThan(0);
  });
});

describe('标签', () => {
  test('the table v2 has eight tags a level, the first three of each are base', () => {
    expect(ratingTags).toHaveLength(40);
    for (const level of satisfactions) {
      const tags = tagsOfLevel(level);
      expect(tags.filter((tag) => tag.isBase)).toEqual(tags.slice(0, 3));
      for (const tag of tags) expect(tag.code.startsWith(String(satisfactionLevels[level].codes.PLATFORM))).toBe(true);
    }
  });

  test('tags of history and unknown tags are refused', () => {
    expect(problems(aRating({ evalDetail: '501' }))).toEqual(['/evalDetail unknown-tag']);
    expect(problems(aRating({ evalDetail: '999' }))).toEqual(['/evalDetail unknown-tag']);
    expect(read({ evalDetail: ['511', '510', '510'] }).tags).toEqual(['510', '511']);
  });

  test.each([
    ['PLATFORM', 5, '510', true],
    ['PLATFORM', 1, '510', false],
    ['GB39046', 1, '510', true],
    ['GB39046', 5, '510', false],
    ['GB39046', 4, '207', true],
    ['PLATFORM', 2, '207,108', false],
  ] as const)('%s level %i with tag %s fits: %s', (codeSystem, satisfaction, evalDetail, fits) => {
    expect(tagsFitLevel(read({ codeSystem, satisfaction, evalDetail }))).toBe(fits);
  });

  test('words: 150 in the hall, 500 elsewhere, counted in characters', () => {
    expect(problems(aRating({ channel: 4, writingEvaluation: '𠮷'.repeat(150) }))).toEqual([]);
    expect(problems(aRating({ channel: 5, writingEvaluation: '字'.repeat(151) }))).toEqual(['/writingEvaluation too-long']);
    expect(problems(aRating({ channel: 2, writingEvaluation: '字'.repeat(500) }))).toEqual([]);
    expect(problems(aRating({ channel: 2, writingEvaluation: '字'.repeat(501) }))).toHaveLength(1);
  });
});
