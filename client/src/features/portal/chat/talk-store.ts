/** A line that waits to be acknowledged. */
export interface PendingLine {
  readonly clientMsgId: string;
  readonly body: string;
  /** Why the server will not take it; it stays on the screen with its text. */
  readonly refusal: string | null;
}

export interface StoredTalk {
  readonly conversationId: string;
  readonly token: string;
}

/*
 * All of it lives in the tab's own store: it outlives a refresh and a lost line, not the tab. A shared computer in a town hall must
 * not show the next person what the last one wrote (security P-8).
 */
const talkKey = 'huiyin:talk';
const outboxKey = 'huiyin:talk-outbox';
const draftKey = 'huiyin:talk-draft';

const read = <T>(key: string): T | null => {
  const stored = sessionStorage.getItem(key);
  if (stored === null) return null;
  try {
    return JSON.parse(stored) as T;
  } catch {
    return null;
  }
};

const write = (key: string, value: unknown): void => {
  if (value === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(value));
};

export const talkStore = {
  talk: (): StoredTalk | null => read<StoredTalk>(talkKey),
  keepTalk: (talk: StoredTalk | null): void => write(talkKey, talk),
  outbox: (): readonly PendingLine[] => read<readonly PendingLine[]>(outboxKey) ?? [],
  keepOutbox: (lines: readonly PendingLine[]): void => write(outboxKey, lines.length === 0 ? null : lines),
  draft: (): string => read<string>(draftKey) ?? '',
  keepDraft: (draft: string): void => write(draftKey, draft === '' ? null : draft),
};
