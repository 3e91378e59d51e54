import {
  type AnswerCard,
  type AnswerCardRequest,
  answerCardRequestSchema,
  crossProvinceModes,
  type GuideContent,
  type PlaceSide,
  type ServiceItem,
} from '../../contracts';
import type { RegionTable } from '../../search/region-table';
import type { KnowledgeStore, PublishedGuide } from '../../store/knowledge-store';
import type { GuideIndex } from '../guide-index';
import { dayOf, isValidOn } from '../validity';
import { compareRows } from './compare-rows';
import { createFindItem, type FoundItem } from './find-item';
import { guideFor, type SideGuide, sideOf } from './place-side';
import { speak } from './spoken-script';

export interface AnswerCardDeps {
  readonly store: KnowledgeStore;
  readonly index: GuideIndex;
  readonly clock: { now(): Date };
}

const itemOf = (item: ServiceItem | null, name: string | null): AnswerCard['item'] => {
  if (item === null)
    return name === null ? null : { id: null, name, description: '', leadDepartment: '', batch: null, evidence: null, statusNote: null, superseded: null };
  const { id, description, leadDepartment, batch, evidence, statusNote, supersededBy, supersededAt } = item;
  return {
    id,
    name: item.name,
    description,
    leadDepartment,
    batch,
    evidence,
    statusNote,
    superseded: supersededBy === null ? null : { by: supersededBy, at: supersededAt },
  };
};

/** The guides the card may use: those of the item, or, outside the catalogue, those that bear the best hit's name or nearly its score. */
const guidesOf = async ({ store }: AnswerCardDeps, { item, hits }: FoundItem): Promise<readonly PublishedGuide[]> => {
  if (item !== null) return store.publishedOfItem(item.id);
  const [best] = hits;
  const near = hits.filter((hit) => best !== undefined && (hit.name === best.name || hit.score >= best.score * 0.75));
  return store.published(near.map((hit) => hit.id));
};

interface Sides {
  readonly fromCode: string | null;
  readonly toCode: string | null;
  readonly from: SideGuide | null;
  readonly to: SideGuide | null;
}

const noticeOf = (item: AnswerCard['item'], { toCode, to }: Sides, side: PlaceSide, day: string): AnswerCard['notice'] => {
  const hotline = side.place?.hotline ?? null;
  const superseded = item?.superseded ?? null;
  if (superseded !== null && (superseded.at === null || superseded.at <= day)) {
    return { reason: 'superseded', text: `${superseded.at === null ? '' : `自 ${superseded.at} 起，`}原清单的办理方式已被取代：${superseded.by}`, hotline };
  }
  if (item === null) return { reason: 'item-unknown', text: '没有找到这个事项，请换个说法，或转办理地核实。', hotline };
  if (toCode === null) return { reason: 'place-unknown', text: '还不知道事情归哪里管；以下为目录简介，以办理地公布为准。', hotline: null };
  if (to === null || to.national) return { reason: 'no-guide', text: '办理地还没有收录这个事项的指南，以办理地公布为准。', hotline };
  return null;
};

const modeOf = (to: SideGuide | null, item: ServiceItem | null): AnswerCard['mode'] => {
  const own = to?.guide.version.content.crossProvince?.mode;
  const code = own ?? item?.mode ?? null;
  return code === null ? null : { code, label: crossProvinceModes[code], from: own === undefined ? 'catalogue' : 'guide' };
};

/** One guide on both sides compares with nothing. */
const sharedGuide = ({ from, to }: Sides): boolean => from !== null && to !== null && from.guide.guide.id === to.guide.guide.id;

const contentOf = (side: SideGuide | null): GuideContent | null => side?.guide.version.content ?? null;

const workersOf = (
  from: PlaceSide,
  to: PlaceSide,
  content: GuideContent | null,
): { readonly receives: string; readonly unit: string; readonly decides: string } => {
  const unit = to.unit ?? `${to.place?.name ?? '办理地'}主管单位`;
  const duty = content?.crossProvince ?? null;
  return { unit, receives: duty?.receivingDuty ?? `${from.place?.name ?? '收件地'}核对身份、收件并转递`, decides: duty?.handlingDuty ?? unit };
};

const scriptOf = (
  item: AnswerCard['item'],
  mode: AnswerCard['mode'],
  ends: { readonly from: PlaceSide; readonly to: PlaceSide; readonly unit: string },
  side: SideGuide | null,
): [string, string] => {
  const version = side === null || side.national ? null : side.guide.version;
  const guide = version === null ? null : { head: version.head, content: version.content, version: version.version };
  const { from, to, unit } = ends;
  const hotline = to.place?.hotline ?? null;
  return speak({
    itemName: item?.name ?? '这件事',
    fromName: from.place?.name ?? null,
    toName: to.place?.name ?? null,
    mode: mode?.code ?? null,
    decides: unit,
    guide,
    hotline,
  });
};

const cardOf = (found: FoundItem, sides: Sides, regions: RegionTable, day: string): AnswerCard => {
  const from = sideOf(sides.fromCode, sides.from, regions);
  const to = sideOf(sides.toCode, sides.to, regions);
  const item = itemOf(found.item, found.hits[0]?.name ?? null);
  const mode = modeOf(sides.to, found.item);
  const { receives, unit, decides } = workersOf(from, to, contentOf(sides.to));
  const differences = compareRows(sharedGuide(sides) ? null : contentOf(sides.from), contentOf(sides.to));
  const citations = [to.citation, sharedGuide(sides) ? null : from.citation].filter((citation) => citation !== null);
  const others = found.hits.filter((hit) => !citations.some((citation) => citation.guideId === hit.id)).slice(0, 8);
  return {
    item,
    mode,
    from,
    to,
    receives,
    decides,
    differences,
    differenceCount: differences.filter((row) => row.differs).length,
    basis: contentOf(sides.to)?.basis ?? [],
    citations,
    script: scriptOf(item, mode, { from, to, unit }, sides.to),
    notice: noticeOf(item, sides, to, day),
    others: others.map((hit) => ({ id: hit.id, name: hit.name, region: hit.regionName })),
    demo: from.demo || to.demo,
  };
};

/** product, moonshot 1: one card for item + where the person is + where the matter belongs. */
export const createAnswerCard = (deps: AnswerCardDeps) => {
  const findItem = createFindItem(deps);
  return async (input: AnswerCardRequest): Promise<AnswerCard> => {
    const request = answerCardRequestSchema.parse(input);
    const codeOf = async (text: string | undefined): Promise<string | undefined> =>
      text === undefined ? undefined : ((await deps.index.placeOf(text)) ?? undefined);
    const person = await codeOf(request.from);
    const handling = await codeOf(request.to);
    const found = await findItem(request.item, { person, handling });
    const regions = await deps.index.regions();
    const day = dayOf(deps.clock.now());
    const published = (await guidesOf(deps, found)).filter((one) => isValidOn(one.version.head, day));
    const fromCode = person ?? found.person;
    // A place that was named but is not known must not turn into the one the sentence happens to mention.
    const toCode = handling ?? (request.to === undefined ? found.handling : null);
    return cardOf(
      found,
      { fromCode, toCode, from: fromCode === null ? null : guideFor(published, fromCode, regions), to: guideFor(published, toCode, regions) },
      regions,
      day,
    );
  };
};
