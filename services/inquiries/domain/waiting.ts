import { type QueueView, type WaitBand, waitBands } from '#contracts/api/inquiries';

export interface QueueFigures {
  readonly waiting: number;
  readonly serving: number;
  /** How long those waited who were taken in the last 15 minutes, in milliseconds. */
  readonly recentWaits: readonly number[];
}

const minute = 60_000;

const bandOf = (milliseconds: number): WaitBand => {
  if (milliseconds < minute) return 'NOW';
  if (milliseconds < 3 * minute) return 'UNDER_3';
  if (milliseconds < 6 * minute) return 'UNDER_6';
  return milliseconds < 15 * minute ? 'UNDER_15' : 'OVER_15';
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** A talk lasts about six minutes and an agent leads up to three at once, so a place costs two agent minutes. */
const minutesPerPlace = 2;

/** A band, never a second: what was seen lately, and at least what the people ahead will take. */
export const waitBand = (figures: QueueFigures, ahead: number): WaitBand => {
  if (figures.serving === 0 && figures.recentWaits.length === 0) return figures.waiting === 0 ? 'NOW' : 'UNKNOWN';
  const byPlace = (ahead * minutesPerPlace * minute) / Math.max(1, figures.serving);
  return bandOf(Math.max(median(figures.recentWaits), byPlace));
};

export const presentQueue = (figures: QueueFigures, given: { readonly place: number | null; readonly at: string }): QueueView => {
  const band = waitBand(figures, (given.place ?? figures.waiting + 1) - 1);
  return { place: given.place, waiting: figures.waiting, band, label: waitBands[band], serving: figures.serving, at: given.at };
};
