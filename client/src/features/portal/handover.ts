import type { AnswerCardRef } from '#contracts/api/inquiries';

/** What goes along when somebody leaves the search for a person, so that nothing is said twice. */
export interface Handover {
  readonly searched?: string;
  readonly shownGuide?: AnswerCardRef;
  /** A text begun in the chat and to be finished as a report. */
  readonly text?: string;
}

const key = 'huiyin:handover';

/** In the tab's own store: gone with the tab, never on the next person's screen. */
export const rememberForTalk = (handover: Handover): void => sessionStorage.setItem(key, JSON.stringify(handover));

export const takeHandover = (): Handover => {
  const stored = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  return stored === null ? {} : (JSON.parse(stored) as Handover);
};
