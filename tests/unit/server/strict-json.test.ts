import { DomainError } from '#kernel';
import { parseStrictJson } from '../../../server/http/strict-json';

const codeOf = (source: string): string => {
  try {
    parseStrictJson(source);
    return 'accepted';
  } catch (error) {
    return error instanceof DomainError ? error.code : 'crash';
  }
};

describe('security B-3: JSON is read strictly', () => {
  test.each([
    ['plain object', '{"a": 1, "b": [1, {"a": 2}], "c": "x\\"y:{"}', 'accepted'],
    ['same key in two objects', '[{"a":1},{"a":2}]', 'accepted'],
    ['a string that looks like a key', '{"a": "a", "b": "a"}', 'accepted'],
    ['duplicate key', '{"a":1,"a":2}', 'unreadable-json'],
    ['duplicate key behind an escape', '{"a":1,"\\u0061":2}', 'unreadable-json'],
    ['duplicate key in depth', '{"x":[{"a":1,"a":2}]}', 'unreadable-json'],
    ['__proto__', '{"__proto__":{"admin":true}}', 'unreadable-json'],
    ['constructor behind an escape', '{"c\\u006fnstructor":1}', 'unreadable-json'],
    ['not JSON', '{a:1}', 'unreadable-json'],
    ['21 levels', `${'['.repeat(21)}${']'.repeat(21)}`, 'unreadable-json'],
    ['20 levels', `${'['.repeat(20)}${']'.repeat(20)}`, 'accepted'],
  ])('%s', (_name, source, expected) => {
    expect(codeOf(source)).toBe(expected);
  });

  test('a hostile body is judged in linear time', () => {
    expect(codeOf(`"${'\\\\'.repeat(120_000)}"`)).toBe('accepted');
    expect(codeOf(`[${'{},'.repeat(60_000)}{}]`)).toBe('accepted');
  });
});
