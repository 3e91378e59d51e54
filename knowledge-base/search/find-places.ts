import type { NamedRegion, RegionTable } from './region-table';

/** A place named in a text: characters `start` to `end` mean the region `code`. */
export interface PlaceMention {
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

export interface PlaceContext {
  /** Where the dictionary reads place names, start → end. */
  readonly placeNames: ReadonlyMap<number, number>;
  /** Regions known from elsewhere, such as the caller's; they decide between namesakes. */
  readonly near?: readonly string[];
}

const isUnder = (regions: RegionTable, code: string, ancestor: string): boolean => regions.pathOf(code).includes(ancestor);

/** 北京路 and 长春村 are not in 北京 or 长春. */
const partOfName = /^(东|西|南|北|中)?(路|街|巷|大道|村|镇|桥|大桥|苑|坡|站|湖|小区|花园|广场|中学|小学|医院|大学)/;

interface Spot {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The place that ends where this one starts. */
  readonly before: string | undefined;
  readonly known: readonly string[];
}

/*
 * Half of the short names of counties are everyday words (公安、资源、互助、通道). Such a name counts only in full, behind the
 * name of the city or province it belongs to, or where the dictionary reads a place name; 城区 or 东区 only behind a parent.
 */
const isPlausible = (region: NamedRegion, spot: Spot, parentBefore: boolean, context: PlaceContext): boolean => {
  if (!region.full && partOfName.test(spot.text.slice(spot.end))) return false;
  if (region.entry.level !== 'county' || parentBefore) return true;
  if (region.full) return spot.end - spot.start > 2 && !/^(新城|老城|开发|城)区$/.test(region.entry.name);
  return context.placeNames.get(spot.start) === spot.end;
};

const choose = (regions: RegionTable, spot: Spot, context: PlaceContext): NamedRegion | undefined => {
  const { before } = spot;
  const plausible = regions.named(spot.text.slice(spot.start, spot.end)).filter((region) => {
    const parentBefore = before !== undefined && region.entry.code !== before && isUnder(regions, region.entry.code, before);
    return isPlausible(region, spot, parentBefore, context);
  });
  const within = (place: string): NamedRegion | undefined => plausible.find((region) => isUnder(regions, region.entry.code, place));
  if (before !== undefined && within(before) !== undefined) return within(before);
  const [first, second] = plausible;
  if (first === undefined || second === undefined || first.entry.level !== second.entry.level) return first;
  // Namesakes on one level (鼓楼区 exists four times): another place of the text, or the caller's, decides; otherwise nothing does.
  return [...spot.known, ...(context.near ?? [])].map((place) => within(regions.pathOf(place).at(-1) ?? place)).find((region) => region !== undefined);
};

/** 云江省 + 澜州市 + 青溪县 written one after the other is one place, the narrowest. */
const joinChains = (regions: RegionTable, mentions: readonly PlaceMention[]): PlaceMention[] => {
  const joined: PlaceMention[] = [];
  for (const mention of mentions) {
    const last = joined.at(-1);
    if (last !== undefined && last.end === mention.start && isUnder(regions, mention.code, last.code))
      joined[joined.length - 1] = { ...mention, start: last.start };
    else joined.push(mention);
  }
  return joined;
};

/** All places named in a folded text, in order. */
export const findPlaces = (regions: RegionTable, text: string, context: PlaceContext): PlaceMention[] => {
  const mentions: PlaceMention[] = [];
  let index = 0;
  while (index < text.length) {
    const before = mentions.at(-1);
    const adjacent = before !== undefined && before.end === index ? before.code : undefined;
    let found: PlaceMention | undefined;
    for (let length = Math.min(regions.longestName, text.length - index); length >= 2 && found === undefined; length -= 1) {
      const spot = { text, start: index, end: index + length, before: adjacent, known: mentions.map((mention) => mention.code) };
      const region = choose(regions, spot, context);
      if (region !== undefined) found = { code: region.entry.code, start: index, end: index + length };
    }
    if (found !== undefined) mentions.push(found);
    index = found?.end ?? index + 1;
  }
  return joinChains(regions, mentions);
};
