import { reactive, readonly } from 'vue';
import { asRefusal, randomKey } from '../../../shared/citizen/http';
import { type PendingLine, talkStore } from './talk-store';

export interface Outbox {
  readonly lines: readonly PendingLine[];
  add(body: string): void;
  /** The way may be free again: try now. */
  wake(): void;
  /** Takes a refused line back, so that its text can be changed. */
  withdraw(clientMsgId: string): string;
  clear(): void;
}

const firstDelayMs = 1_000;
const longestDelayMs = 15_000;

/**
 * Lines leave in their order, one at a time, and are tried until the server has them: what passes is repeated for ever with growing,
 * scattered pauses, what is refused stays with the reason. The same clientMsgId every time makes that harmless.
 */
export const createOutbox = (deps: { readonly send: (line: PendingLine) => Promise<unknown>; readonly onAcknowledged: () => void }): Outbox => {
  const lines = reactive<PendingLine[]>([...talkStore.outbox()]);
  let delay = firstDelayMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;

  const keep = (): void => talkStore.keepOutbox(lines);
  const replace = (clientMsgId: string, ...by: PendingLine[]): void => {
    const at = lines.findIndex((line) => line.clientMsgId === clientMsgId);
    if (at >= 0) lines.splice(at, 1, ...by);
    keep();
  };

  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void pump(), delay * (0.5 + Math.random()));
    delay = Math.min(longestDelayMs, delay * 2);
  };

  const pump = async (): Promise<void> => {
    const next = lines.find((line) => line.refusal === null);
    if (busy || next === undefined) return;
    busy = true;
    try {
      await deps.send(next);
      replace(next.clientMsgId);
      delay = firstDelayMs;
      deps.onAcknowledged();
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal.status >= 400 && !refusal.isPassing) replace(next.clientMsgId, { ...next, refusal: refusal.message });
      else later();
    } finally {
      busy = false;
    }
    if (lines.some((line) => line.refusal === null) && delay === firstDelayMs) void pump();
  };

  const wake = (): void => {
    delay = firstDelayMs;
    clearTimeout(timer);
    void pump();
  };

  return {
    lines: readonly(lines),
    add: (body) => {
      lines.push({ clientMsgId: randomKey(), body, refusal: null });
      keep();
      wake();
    },
    wake,
    withdraw: (clientMsgId) => {
      const body = lines.find((line) => line.clientMsgId === clientMsgId)?.body ?? '';
      replace(clientMsgId);
      return body;
    },
    clear: () => {
      clearTimeout(timer);
      lines.splice(0);
      keep();
    },
  };
};
