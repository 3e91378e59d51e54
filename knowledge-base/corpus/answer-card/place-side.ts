import type { PlaceSide } from '../../contracts';
import type { RegionTable } from '../../search/region-table';
import type { PublishedGuide } from '../../store/knowledge-store';

/** A guide for one side of the card; `inherited` when it belongs to a place above, `national` when to none. */
export interface SideGuide {
  readonly guide: PublishedGuide;
  readonly inherited: boolean;
  readonly national: boolean;
}

/** District → city → province → nation (rules 8.4). */
export const guideFor = (published: readonly PublishedGuide[], code: string | null, regions: RegionTable): SideGuide | null => {
  const path = code === null ? [] : regions.pathOf(code);
  for (const [level, place] of path.entries()) {
    const guide = published.find((one) => one.version.head.regionCode === place);
    if (guide !== undefined) return { guide, inherited: level > 0, national: false };
  }
  const national = published.find((one) => one.version.head.regionCode === null && one.version.head.regionName.startsWith('全国'));
  return national === undefined ? null : { guide: national, inherited: true, national: true };
};

const placeOf = (code: string | null, regions: RegionTable): PlaceSide['place'] => {
  if (code === null) return null;
  const areaCode = regions.areaCode(code);
  return { code, name: regions.fullName(code), areaCode, hotline: areaCode === null ? null : `${areaCode}-12345` };
};

type GuideFacts = Omit<PlaceSide, 'place' | 'inherited'>;

const noFacts: GuideFacts = {
  citation: null,
  unit: null,
  window: null,
  hours: null,
  phone: null,
  liaison: null,
  validFrom: null,
  validUntil: null,
  verifiedAt: null,
  verifiedBy: null,
  demo: false,
};

const liaisonOf = ({ version }: PublishedGuide): PlaceSide['liaison'] => {
  const unit = version.content.crossProvince?.liaisonUnit ?? null;
  const phone = version.content.crossProvince?.liaisonPhone ?? null;
  return unit === null && phone === null ? null : { unit, phone };
};

const factsOf = (one: PublishedGuide): GuideFacts => {
  const { head, content, guideId, version } = one.version;
  return {
    citation: { guideId, version, externalId: head.externalId, name: content.name, region: head.regionName },
    unit: content.handlingUnit ?? head.department,
    window: content.place,
    hours: content.hours,
    phone: content.consultation ?? content.narrative?.phone ?? null,
    liaison: liaisonOf(one),
    validFrom: head.validFrom,
    validUntil: head.validUntil,
    verifiedAt: one.guide.verifiedAt,
    verifiedBy: one.guide.verifiedBy,
    demo: head.demo,
  };
};

export const sideOf = (code: string | null, found: SideGuide | null, regions: RegionTable): PlaceSide => ({
  place: placeOf(code, regions),
  inherited: found?.inherited ?? false,
  ...(found === null ? noFacts : factsOf(found.guide)),
});
