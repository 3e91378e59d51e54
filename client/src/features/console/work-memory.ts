import { reactive } from 'vue';
import type { AnswerCard } from '#knowledge-base/contracts';
import { type Focus, keyOf } from './focus';

export interface Cited {
  readonly guideId: string;
  readonly guideVersion: number;
  /** 《购房提取住房公积金》安渡市 v7 */
  readonly words: string;
  readonly card: AnswerCard;
}

/** What belongs to one piece of work beside its draft: what was looked up for it, and the answer that is being written. */
export interface WorkMemory {
  query: string;
  /** The search is this person's own and no longer follows the work. */
  searchedByHand: boolean;
  /** Which hit is open, from 0. */
  hit: number;
  cited: Cited | null;
  reply: string;
  ignoredDuplicates: boolean;
  /** A line of the chat that is not sent yet. */
  chatText: string;
}

/** Keeps the search and the answer of every call and conversation apart; a glance at another row loses nothing. */
export const createWorkMemory = () => {
  const all = reactive(new Map<string, WorkMemory>());
  const of = (focus: Focus | null): WorkMemory => {
    const key = focus === null ? '' : keyOf(focus);
    const known = all.get(key);
    if (known !== undefined) return known;
    all.set(key, { query: '', searchedByHand: false, hit: 0, cited: null, reply: '', ignoredDuplicates: false, chatText: '' });
    // Asked for again, so that the answer is the reactive one.
    return all.get(key) as WorkMemory;
  };
  return {
    of,
    /** A call that ended goes on as its ticket, with all that was looked up and written. */
    hand: (from: Focus, to: Focus): void => {
      const memory = all.get(keyOf(from));
      if (memory !== undefined) all.set(keyOf(to), memory);
    },
  };
};
