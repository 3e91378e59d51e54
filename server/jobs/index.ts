import type { Logger } from '#platform';

/** Work by the clock. Every job is safe to run twice and to skip; each runs only one at a time. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

export interface Jobs {
  start(): void;
  /** Runs the named job at once, or after the run that is under way. */
  wake(name: string): void;
  stop(): Promise<void>;
}

interface Running {
  current: Promise<void> | null;
  again: boolean;
}

export const createJobs = (jobs: readonly Job[], logger: Logger): Jobs => {
  const states = new Map<string, Running>(jobs.map((job) => [job.name, { current: null, again: false }]));
  const timers: NodeJS.Timeout[] = [];
  let stopped = true;

  const runOnce = async (job: Job): Promise<void> => {
    try {
      await job.run();
    } catch (error) {
      logger.warn({
        event: 'job.failed',
        job: job.name,
        errorName: error instanceof Error ? error.name : 'unknown',
        errorCode: (error as { code?: string }).code ?? '',
      });
    }
  };

  const trigger = (job: Job): void => {
    const state = states.get(job.name);
    if (state === undefined || stopped) return;
    if (state.current !== null) {
      state.again = true;
      return;
    }
    state.current = runOnce(job).finally(() => {
      state.current = null;
      if (state.again) {
        state.again = false;
        trigger(job);
      }
    });
  };

  return {
    start: () => {
      stopped = false;
      for (const job of jobs) {
        timers.push(setInterval(() => trigger(job), job.everyMs));
        trigger(job);
      }
    },
    wake: (name) => {
      const job = jobs.find((entry) => entry.name === name);
      if (job !== undefined) trigger(job);
    },
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      for (const state of states.values()) await state.current;
    },
  };
};
