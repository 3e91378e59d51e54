export type WaitBand = '不到1分钟' | '约3分钟' | '5分钟以上';

/** ceil(position / active agents) × moving average handle time (design-channels §2.7). */
export const expectedWaitSeconds = (given: { readonly position: number; readonly activeAgents: number; readonly averageHandleSeconds: number }): number =>
  Math.ceil(given.position / Math.max(1, given.activeAgents)) * given.averageHandleSeconds;

/** Spoken only in bands, so that nobody is promised a minute. */
export const waitBand = (seconds: number): WaitBand => {
  if (seconds < 60) return '不到1分钟';
  return seconds <= 300 ? '约3分钟' : '5分钟以上';
};
