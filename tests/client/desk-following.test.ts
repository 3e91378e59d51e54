import { followingOf } from '../../client/src/shared/lists/following';

const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

test('the next row opens by itself, at the end the one before, alone none', () => {
  expect(followingOf(rows, 'a')).toBe('b');
  expect(followingOf(rows, 'c')).toBe('b');
  expect(followingOf([{ id: 'a' }], 'a')).toBeNull();
  expect(followingOf([], null)).toBeNull();
});
