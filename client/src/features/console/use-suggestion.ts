import { onScopeDispose, shallowRef, watch } from 'vue';
import { useApi } from '../../shared/api/client';

/** Answer of POST /assist/classify (design §3). */
export interface Suggestion {
  readonly categories: readonly { readonly code: string; readonly label: string; readonly level1: string; readonly confidence: number }[];
  readonly organizations: readonly { readonly id: string; readonly name: string; readonly confidence: number; readonly reason: string }[];
  readonly keywords: readonly string[];
  readonly similar: readonly unknown[];
}

export interface SuggestionInput {
  readonly title: string;
  readonly content: string;
  readonly regionCode: string;
}

const PAUSE_MS = 1_200;
const ENOUGH = 8;

/** Asks for category and unit when the writer pauses; an answer to older words is thrown away. */
export const useSuggestion = (input: () => SuggestionInput | null) => {
  const api = useApi();
  const suggestion = shallowRef<Suggestion | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = new AbortController();

  const ask = async (given: SuggestionInput): Promise<void> => {
    stop.abort();
    stop = new AbortController();
    try {
      suggestion.value = await api.post<Suggestion>('/assist/classify', {
        body: { title: given.title, content: given.content, ...(given.regionCode === '' ? {} : { region: given.regionCode }) },
        signal: stop.signal,
      });
    } catch {
      // A suggestion is help; without one the form works as before.
    }
  };

  watch(
    () => {
      const given = input();
      return given === null ? '' : JSON.stringify(given);
    },
    () => {
      clearTimeout(timer);
      const given = input();
      if (given === null || given.content.length + given.title.length < ENOUGH) return;
      timer = setTimeout(() => void ask(given), PAUSE_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    stop.abort();
  });
  return suggestion;
};
