/** Median of an odd or even number of figures. */
export const median = (figures: readonly number[]): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

export const percentile = (figures: readonly number[], share: number): number => {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};

/** CPU of this process in microseconds, user and system. */
export const cpuMicros = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

export const round = (figure: number, digits = 2): number => Math.round(figure * 10 ** digits) / 10 ** digits;

/** One line of the result table: figure, baseline of the same run, ratio, budget. */
export const line = (what: string, given: { readonly ours: string; readonly baseline: string; readonly ratio: number; readonly budget: string }): string =>
  `${what.padEnd(56)} ${given.ours.padStart(18)}  vs ${given.baseline.padStart(18)}  ratio ${round(given.ratio, 3).toString().padStart(7)}  (budget ${given.budget})`;
