import { reactive } from 'vue';
import type { AnswerCard, GuideHit, GuideSearchResult } from '#knowledge-base/contracts';
import { asRefusal, http, type Refusal } from '../../../shared/citizen/http';

export interface GuideSearchState {
  words: string;
  /** Something has been asked for since the page was opened. */
  asked: boolean;
  loading: boolean;
  refusal: Refusal | null;
  result: GuideSearchResult | null;
  /** Null also when nothing fits well enough to be shown as the answer. */
  chosen: GuideHit | null;
  card: AnswerCard | null;
  cardLoading: boolean;
  cardRefusal: Refusal | null;
  /** Where the person is and where the matter belongs, as codes or names; empty while unknown. */
  from: string;
  to: string;
}

export interface GuideSearch {
  readonly state: GuideSearchState;
  look(words: string): Promise<void>;
  choose(hit: GuideHit): Promise<void>;
  /** Another pair of places for the same matter. */
  move(places: { readonly from: string; readonly to: string }): Promise<void>;
}

const hitsShown = 6;

/**
 * Seen over the shipped guides: questions that a guide answers score 50 and more, 路灯坏了 against 社会保障卡补换 8. Below this the nearest
 * guides are offered as such, and reporting the matter comes first.
 */
const fittingScore = 20;

export const useGuideSearch = (): GuideSearch => {
  const state = reactive<GuideSearchState>({
    words: '',
    asked: false,
    loading: false,
    refusal: null,
    result: null,
    chosen: null,
    card: null,
    cardLoading: false,
    cardRefusal: null,
    from: '',
    to: '',
  });
  /** Only the newest question may paint: an older answer that comes late is dropped. */
  let asking = 0;

  const showCard = async (mine: number): Promise<void> => {
    const hit = state.chosen;
    state.card = null;
    state.cardRefusal = null;
    if (hit === null) return;
    state.cardLoading = true;
    try {
      const query = { item: hit.id, from: state.from, to: state.to === '' ? (hit.regionCode ?? '') : state.to };
      const card = await http.get<AnswerCard>('/guides/answer-card', { query });
      if (mine === asking) state.card = card;
    } catch (error) {
      if (mine === asking) state.cardRefusal = asRefusal(error);
    } finally {
      if (mine === asking) state.cardLoading = false;
    }
  };

  const search = async (): Promise<void> => {
    asking += 1;
    const mine = asking;
    Object.assign(state, { asked: true, loading: true, refusal: null, result: null, chosen: null, card: null });
    try {
      const query = { q: state.words, region: state.from, handlingRegion: state.to, limit: hitsShown };
      const result = await http.get<GuideSearchResult>('/guides/search', { query });
      if (mine !== asking) return;
      state.result = result;
      state.chosen = result.items.find((hit) => hit.score >= fittingScore) ?? null;
      // What the search read out of the sentence is shown and can be changed; it never overrules what was typed.
      if (state.from === '') state.from = result.understood.personRegion?.name ?? '';
      if (state.to === '') state.to = result.understood.handlingRegion?.name ?? '';
      state.loading = false;
      await showCard(mine);
    } catch (error) {
      if (mine === asking) state.refusal = asRefusal(error);
    } finally {
      if (mine === asking) state.loading = false;
    }
  };

  return {
    state,
    look: (words) => {
      Object.assign(state, { words, from: '', to: '' });
      return search();
    },
    choose: (hit) => {
      asking += 1;
      state.chosen = hit;
      return showCard(asking);
    },
    move: ({ from, to }) => {
      Object.assign(state, { from, to });
      return search();
    },
  };
};
