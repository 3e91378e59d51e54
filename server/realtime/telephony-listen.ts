import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type { TelAck } from '#contracts/realtime/telephony';
import { DomainError, invalid } from '#kernel';
import type { Logger } from '#platform';
import { toProblem } from '../http/problem';

/** security B-4: twenty a second; a negotiation with its candidates comes in one burst. */
const eventsPerSecond = 20;
const burst = 60;

const createBudget = () => {
  let tokens = burst;
  let at = Date.now();
  return (): boolean => {
    const now = Date.now();
    tokens = Math.min(burst, tokens + ((now - at) / 1000) * eventsPerSecond);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};

const asProblem = (error: unknown): TelAck<never> => {
  const { status, problem } = toProblem(error, { requestId: '', path: '/tel' });
  return { ok: false, problem: { code: problem.code, title: problem.detail, status } };
};

export type Listen = <S extends z.ZodType>(event: string, schema: S, handle: (input: z.infer<S>) => Promise<unknown>) => void;

/** Every event of a page: within the budget, parsed, acknowledged with the words of HTTP; a forged frame never throws. */
export const createListen = (socket: Socket, logger: Logger): Listen => {
  const withinBudget = createBudget();
  return (event, schema, handle) => {
    const run = async (given: unknown): Promise<TelAck<unknown>> => {
      try {
        if (!withinBudget()) throw new DomainError({ kind: 'limited', code: 'too-many-requests', message: '操作过于频繁，请稍候。', retryAfterSeconds: 1 });
        const parsed = schema.safeParse(given);
        if (!parsed.success) throw invalid('话机消息的格式不对。');
        return { ok: true, value: (await handle(parsed.data)) ?? null };
      } catch (error) {
        if (!(error instanceof DomainError)) logger.warn({ event: 'telephony.signal-failed', name: event, errorName: (error as Error).name });
        return asProblem(error);
      }
    };
    socket.on(event, (given: unknown, acknowledge: unknown) => {
      void run(given).then((answer) => {
        if (typeof acknowledge === 'function') (acknowledge as (value: TelAck<unknown>) => void)(answer);
      });
    });
  };
};
