/** Runs a piece of work soon after it was asked for, one run at a time, and again if it was asked for meanwhile. */
export interface Pump {
  wake(): void;
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export const createPump = (run: () => Promise<void>, onError: (error: unknown) => void): Pump => {
  const state: { wanted: boolean; running: Promise<void> | null; stopped: boolean } = { wanted: false, running: null, stopped: false };

  const loop = async (): Promise<void> => {
    while (state.wanted && !state.stopped) {
      state.wanted = false;
      try {
        await run();
      } catch (error) {
        onError(error);
      }
    }
  };

  const wake = (): void => {
    state.wanted = true;
    if (state.running !== null || state.stopped) return;
    state.running = Promise.resolve()
      .then(loop)
      .finally(() => {
        state.running = null;
        if (state.wanted && !state.stopped) wake();
      });
  };

  const idle = async (): Promise<void> => {
    while (state.running !== null) await state.running;
  };

  return {
    wake,
    idle,
    stop: async () => {
      state.stopped = true;
      await idle();
    },
  };
};
