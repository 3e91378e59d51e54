import { reactive } from 'vue';
import type { PublicQueueView, QueueView } from '#contracts/api/inquiries';
import { http } from '../../shared/citizen/http';
import { spaced } from '../../shared/citizen/words';
import { useRepeated } from '../../shared/citizen/use-repeated';
import { hourMinute } from '../../shared/formatting/dates';

export interface Waits {
  /** Null while unknown: then nothing is claimed. */
  chat: QueueView | null;
  phone: PhoneWait | null;
  /** Time of day of the figures. */
  at: string | null;
}

/** The telephone queue as the public is told of it. */
export type PhoneWait = PublicQueueView['phone'];

const everyMs = 30_000;

/** How long one waits at this moment, for each way of reaching a person. */
export const useWaits = (): Waits => {
  const waits = reactive<Waits>({ chat: null, phone: null, at: null });
  const read = async (): Promise<void> => {
    try {
      const { chat, phone } = await http.get<PublicQueueView>('/public/queue');
      Object.assign(waits, { chat, phone: { ...phone, label: spaced(phone.label) }, at: hourMinute(Date.now()) });
    } catch {
      // Unknown is shown as unknown; old figures would be a promise that nobody made.
      Object.assign(waits, { chat: null, phone: null, at: null });
    }
  };
  useRepeated(() => void read(), everyMs);
  return waits;
};
