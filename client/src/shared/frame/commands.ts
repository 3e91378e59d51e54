import type { IconName } from '../icons/icons';

export interface Command {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  readonly note: string;
  readonly run: () => void;
}

/** What a page can find by words, such as its tickets. */
export type FindCommands = (words: string) => Promise<readonly Command[]>;
