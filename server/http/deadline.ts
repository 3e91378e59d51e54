import { DomainError } from '#kernel';

/** F-03: a database that accepts and never answers must not hold the caller; what goes on behind is no longer waited for. */
export const within = async <T>(milliseconds: number, run: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new DomainError({ kind: 'unavailable', code: 'timeout', message: '系统繁忙，处理超时，请稍后再试。', retryAfterSeconds: 3 })),
      Math.max(0, milliseconds),
    );
  });
  try {
    return await Promise.race([run, late]);
  } finally {
    clearTimeout(timer);
    run.catch(() => undefined);
  }
};

/** From the first byte to the answer, finding out who asks included. */
export const answerDeadlineMs = 4_500;
export const slowDeadlineMs = 60_000;
