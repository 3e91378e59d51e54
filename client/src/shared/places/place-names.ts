import { inject, type InjectionKey, shallowRef } from 'vue';
import type { GuideSearchResult } from '#knowledge-base/contracts';
import type { Api } from '../api/client';

export interface Region {
  readonly code: string;
  readonly name: string;
  readonly parent?: string | null;
  readonly areaCode?: string | null;
}

export interface PlaceNames {
  /** The name as people say it, without 市 and 省; the code while it is not known. */
  short(code: string): string;
  /** 云江省澜州市 */
  full(code: string): string;
  find(words: string): Promise<readonly Region[]>;
}

const spoken = (name: string): string => (name.length > 2 ? name.replace(/(?:市|省|自治区|特别行政区|地区)$/u, '') : name);

/** Codes above a code by GB/T 2260: 220104 → 220100 → 220000. */
const above = (code: string): readonly string[] => [...new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`])].filter((one) => one !== code);

const matches = (region: Region, words: string): boolean => region.name.includes(words) || region.areaCode === words || region.code === words;

/**
 * Names of places by code. The table is read one level at a time, below the places that a screen shows; a typed name that is
 * not among them is understood by the same parser that reads places in questions.
 */
export const createPlaceNames = (api: Pick<Api, 'get'>): PlaceNames => {
  const known = shallowRef(new Map<string, Region>());
  const levels = new Map<string, Promise<void>>();

  const learn = (regions: readonly Region[]): void => {
    const next = new Map(known.value);
    for (const region of regions) next.set(region.code, { ...next.get(region.code), ...region });
    known.value = next;
  };

  const readLevel = (parent: string): Promise<void> => {
    const running = levels.get(parent);
    if (running !== undefined) return running;
    const run = api.get<{ items: readonly Region[] }>('/regions', { query: { parent } }).then(
      ({ items }) => learn(items),
      // The code stands where the name would; nothing is guessed.
      () => undefined,
    );
    levels.set(parent, run);
    return run;
  };

  const regionOf = (code: string): Region | undefined => {
    const region = known.value.get(code);
    if (region === undefined && /^\d{6}$/.test(code)) {
      void readLevel('');
      for (const parent of above(code)) void readLevel(parent);
    }
    return region;
  };

  const understood = async (words: string): Promise<readonly Region[]> => {
    const answer = await api.get<GuideSearchResult>('/guides/search', { query: { q: words, limit: 1 } });
    const { personRegion, handlingRegion } = answer.understood;
    return [handlingRegion, personRegion].filter((region) => region !== null);
  };

  return {
    short: (code) => spoken(regionOf(code)?.name ?? code),
    full: (code) => {
      const line = [...above(code), code].map((one) => regionOf(one)?.name).filter((name) => name !== undefined);
      return line.length === 0 ? code : line.join('');
    },
    find: async (words) => {
      await readLevel('');
      const near = [...known.value.values()].filter((region) => matches(region, words));
      const parsed = await understood(words).catch(() => []);
      learn(parsed);
      return [...new Map([...parsed, ...near].map((region) => [region.code, region])).values()].slice(0, 12);
    },
  };
};

export const placeNamesKey: InjectionKey<PlaceNames> = Symbol('place-names');

export const usePlaceNames = (): PlaceNames => {
  const names = inject(placeNamesKey);
  if (names === undefined) throw new Error('no place names were provided');
  return names;
};
