import { MAX_BYTES, objectionTo, sizeWords } from '../../client/src/shared/attachments/upload';

test('a file that the server would refuse is refused before it is sent, with the reason', () => {
  expect(objectionTo({ name: '整改后.JPG', size: 10 })).toBeNull();
  expect(objectionTo({ name: 'macro.exe', size: 10 })).toContain('.exe');
  expect(objectionTo({ name: '空.pdf', size: 0 })).toContain('空');
  expect(objectionTo({ name: '录像.mp4', size: MAX_BYTES + 1 })).toContain('超过 20 MB');
});

test('sizes are said in units that people know', () => {
  expect([sizeWords(10), sizeWords(2048), sizeWords(3 * 1024 * 1024)]).toEqual(['1 KB', '2 KB', '3.0 MB']);
});
