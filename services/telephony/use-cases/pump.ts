/** Runs a piece of work soon after it was asked for, one run at a time, and again if it was asked for meanwhile. */
export interface Pump {
  wake(): void;
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export const createPump = (run: () => Promise<void>, onError: (error: unknown) => void): Pump => {
  let wanted = false;
  let running: Promise<void> | null = null;
  let stopped = false;

  const loop = async (): Promise<void> => {
    while (wanted && !stopped) {
      wanted = false;
      try {
        await run();
      } catch (error) {
        onError(error);
      }
    }
  };

  const wake = (): void => {
    wanted = true;
    if (running !== null || stopped) return;
    running = Promise.resolve()
      .then(loop)
      .finally(() => {
        running = null;
        if (wanted && !stopped) wake();
      });
  };

  const idle = async (): Promise<void> => {
    while (running !== null) await running;
  };

  return {
    wake,
    idle,
    stop: async () => {
      stopped = true;
      await idle();
    },
  };
};
