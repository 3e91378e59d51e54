const two = (value: number): string => String(value).padStart(2, '0');

/** 04:12, and 1:04:12 from one hour on; a running timer keeps its width. */
export const timer = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
};

/** 6 天 2 小时, 3 小时 20 分, 28 秒: the two largest parts that are not nothing. */
export const span = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), '天'],
    [Math.floor(seconds / 3600) % 24, '小时'],
    [Math.floor(seconds / 60) % 60, '分'],
    [seconds % 60, '秒'],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return '不到 1 秒';
  return parts
    .slice(first, first + 2)
    .filter(([amount], index) => index === 0 || amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
};

/** The largest part only: 3 小时, 2 天. */
export const roughSpan = (ms: number): string => span(ms).split(' ').slice(0, 2).join(' ');

/** How old data is: 0.4 秒前, 12 秒前, 3 分前. */
export const ago = (ms: number): string => {
  const past = Math.max(0, ms);
  if (past < 10_000) return `${(past / 1000).toFixed(1)} 秒前`;
  return `${roughSpan(past)}前`;
};
