import type { System } from '../composition/system';
import { attachChat, type Chat } from './chat';
import type { Realtime } from './index';
import { attachTelephony, type TelephonySignalling } from './telephony-signalling';

export interface Namespaces {
  readonly chat: Chat;
  readonly telephony: TelephonySignalling;
  close(): Promise<void>;
}

/** Namespaces beside /console: chat of citizens and call signalling. */
export const attachNamespaces = ({ inquiries, telephony, logger }: System, { io, authenticateStaff, onFact }: Realtime): Namespaces => {
  const chat = attachChat({ io, inquiries, authenticateStaff, logger });
  const signalling = attachTelephony({ io, telephony, authenticateStaff, logger });
  onFact(chat.hear);
  return {
    chat,
    telephony: signalling,
    close: async () => {
      chat.close();
      await signalling.close();
    },
  };
};
