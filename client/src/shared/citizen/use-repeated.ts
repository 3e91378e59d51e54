import { onBeforeUnmount, onMounted } from 'vue';

/** Runs now and again while the page is looked at; rests while it is hidden and catches up at once when it comes back. */
export const useRepeated = (run: () => void, everyMs: number): void => {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => clearInterval(timer);
  const start = (): void => {
    stop();
    run();
    timer = setInterval(run, everyMs);
  };
  const follow = (): void => (document.hidden ? stop() : start());
  onMounted(() => {
    start();
    document.addEventListener('visibilitychange', follow);
  });
  onBeforeUnmount(() => {
    stop();
    document.removeEventListener('visibilitychange', follow);
  });
};
