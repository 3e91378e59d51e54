import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { AnswerCard, GuideHit, GuideSearchResult } from '#knowledge-base/contracts';
import { useApi } from '../../shared/api/client';
import { type ApiProblem, asProblem } from '../../shared/api/problem';
import type { WorkMemory } from './work-memory';

const PAUSE_MS = 120;
const HITS = 9;

export interface SearchPlaces {
  readonly from: string;
  readonly to: string;
  readonly home: string;
}

/** Guides while one types, and the answer card of the hit that is open. */
export const useGuideSearch = (memory: () => WorkMemory, places: () => SearchPlaces) => {
  const api = useApi();
  const result = shallowRef<GuideSearchResult | null>(null);
  const card = shallowRef<AnswerCard | null>(null);
  const problem = shallowRef<ApiProblem | null>(null);
  const cardProblem = shallowRef<ApiProblem | null>(null);
  const searching = ref(false);
  let stopSearch = new AbortController();
  let stopCard = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hits = computed<readonly GuideHit[]>(() => result.value?.items ?? []);
  const opened = computed<GuideHit | null>(() => hits.value[memory().hit] ?? null);

  const search = async (): Promise<void> => {
    const q = memory().query.trim();
    stopSearch.abort();
    if (q === '') {
      result.value = null;
      problem.value = null;
      searching.value = false;
      return;
    }
    stopSearch = new AbortController();
    const mine = stopSearch;
    searching.value = true;
    const { from, to, home } = places();
    try {
      const answer = await api.get<GuideSearchResult>('/guides/search', {
        query: { q, region: from || home, handlingRegion: to, limit: HITS },
        signal: mine.signal,
      });
      result.value = answer;
      problem.value = null;
    } catch (error) {
      if (!mine.signal.aborted) problem.value = asProblem(error);
    } finally {
      if (mine === stopSearch) searching.value = false;
    }
  };

  const openCard = async (hit: GuideHit | null): Promise<void> => {
    stopCard.abort();
    if (hit === null) {
      card.value = null;
      return;
    }
    stopCard = new AbortController();
    const mine = stopCard;
    const { from, to, home } = places();
    const understood = result.value?.understood;
    try {
      card.value = await api.get<AnswerCard>('/guides/answer-card', {
        query: {
          item: hit.itemId ?? hit.id,
          from: from || understood?.personRegion?.code || home,
          to: to || understood?.handlingRegion?.code || hit.regionCode,
        },
        signal: mine.signal,
      });
      cardProblem.value = null;
    } catch (error) {
      if (mine.signal.aborted) return;
      card.value = null;
      cardProblem.value = asProblem(error);
    }
  };

  watch(
    () => memory().query,
    (now, before) => {
      clearTimeout(timer);
      // Another piece of work brings its own search back at once.
      if (now === before) return;
      timer = setTimeout(() => void search(), PAUSE_MS);
    },
    { immediate: true },
  );
  watch(
    () => `${opened.value?.id ?? ''}@${places().from}>${places().to}`,
    () => void openCard(opened.value),
  );
  onScopeDispose(() => {
    clearTimeout(timer);
    stopSearch.abort();
    stopCard.abort();
  });

  return { result, hits, opened, card, problem, cardProblem, searching, retry: search, retryCard: () => openCard(opened.value) };
};

export type GuideSearch = ReturnType<typeof useGuideSearch>;
