export const labelOf = (state: string): string => {
  if (state === 'A') return '1';
  if (state === 'B') return '2';
  if (state === 'C') return '3';
  if (state === 'D') return '4';
  if (state === 'E') return '5';
  if (state === 'F') return '6';
  if (state === 'G') return '7';
  if (state === 'H') return '8';
  if (state === 'I') return '9';
  if (state === 'J') return '10';
  if (state === 'K') return '11';
  if (state === 'L') return '12';
  if (state === 'M') return '13';
  if (state === 'N') return '14';
  if (state === 'O') return '15';
  return '0';
};
