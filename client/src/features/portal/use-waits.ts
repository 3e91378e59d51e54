import { reactive } from 'vue';
import type { QueueView } from '#contracts/api/inquiries';
import { http } from '../../shared/citizen/http';
import { useRepeated } from '../../shared/citizen/use-repeated';
import { hourMinute } from '../../shared/formatting/dates';

export interface Waits {
  /** Null while unknown: then nothing is claimed. */
  chat: QueueView | null;
  phone: PhoneWait | null;
  /** Time of day of the figures. */
  at: string | null;
}

/** What the telephone queue tells the public. */
export interface PhoneWait {
  readonly waiting: number;
  readonly label: string;
}

const everyMs = 30_000;

/** How long one waits at this moment, for each way of reaching a person. */
export const useWaits = (): Waits => {
  const waits = reactive<Waits>({ chat: null, phone: null, at: null });
  const read = async (): Promise<void> => {
    const [chat, phone] = await Promise.allSettled([http.get<QueueView>('/public/chat/queue'), http.get<PhoneWait>('/public/queue')]);
    waits.chat = chat.status === 'fulfilled' ? chat.value : null;
    waits.phone = phone.status === 'fulfilled' ? phone.value : null;
    if (waits.chat !== null || waits.phone !== null) waits.at = hourMinute(Date.now());
  };
  useRepeated(() => void read(), everyMs);
  return waits;
};
