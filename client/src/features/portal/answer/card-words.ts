import type { AnswerCard, ComparedRow, PlaceSide } from '#knowledge-base/contracts';

/** Rows that people ask for before anything else; they stand above the table in four boxes. */
const firstFields = ['limit', 'fee', 'visits', 'online'] as const;
/** Said as the last step of the way, not as a requirement. */
const deliveryField = 'delivery';
const factsShown = 4;

export interface CardFact {
  readonly label: string;
  readonly value: string;
}

const wordsOf = (row: ComparedRow): string | null => row.to ?? row.from;

const isFirst = (row: ComparedRow): boolean => firstFields.some((field) => row.field === field);

export const factsOf = (card: AnswerCard): readonly CardFact[] =>
  firstFields
    .flatMap((field) => card.differences.filter((row) => row.field === field))
    .flatMap((row) => {
      const value = wordsOf(row);
      return value === null || value.length > 40 ? [] : [{ label: row.label, value }];
    })
    .slice(0, factsShown);

/** What remains for the table: everything that is not already said above in the same words. */
export const rowsOf = (card: AnswerCard): readonly ComparedRow[] => {
  const said = new Set(factsOf(card).map((fact) => fact.label));
  return card.differences.filter(
    (row) => wordsOf(row) !== null && (row.field !== deliveryField || row.differs) && (row.differs || !isFirst(row) || !said.has(row.label)),
  );
};

export interface FlowStep {
  readonly heading: string;
  readonly who: string;
  readonly note: string | null;
}

const placeName = (side: PlaceSide, otherwise: string): string => side.place?.name ?? otherwise;

const joined = (...parts: readonly (string | null)[]): string | null => parts.filter((part) => part !== null && part !== '').join('，') || null;

const windowOf = (side: PlaceSide): string | null => joined(side.window, side.hours);

/** The unit is named, its duty stands below; where no unit is known the duty has to do. */
const stepOf = (heading: string, side: PlaceSide, duty: string): FlowStep =>
  side.unit === null
    ? { heading, who: duty, note: windowOf(side) }
    : { heading, who: side.unit, note: joined(duty === side.unit ? null : duty, windowOf(side)) };

const isOnePlace = (card: AnswerCard): boolean => card.from.place === null || card.from.place.code === card.to.place?.code;

/** Who takes the papers and who decides: the question behind every matter between two places. */
const deliveryOf = (card: AnswerCard): readonly FlowStep[] => {
  const row = card.differences.find((entry) => entry.field === deliveryField);
  const words = row === undefined ? null : wordsOf(row);
  return words === null ? [] : [{ heading: '结果送达', who: words, note: null }];
};

export const flowOf = (card: AnswerCard): readonly FlowStep[] => {
  const decides = stepOf(`${placeName(card.to, isOnePlace(card) ? '当地' : '办理地')}${isOnePlace(card) ? '办理' : '决定'}`, card.to, card.decides);
  if (isOnePlace(card)) return [decides, ...deliveryOf(card)];
  return [stepOf(`${placeName(card.from, '您所在地')}收件`, card.from, card.receives), decides, ...deliveryOf(card)];
};

export const columnsOf = (card: AnswerCard): { readonly from: string; readonly to: string } | null =>
  isOnePlace(card) ? null : { from: `${placeName(card.from, '您所在地')}平时的要求`, to: `这次按（${placeName(card.to, '办理地')}）` };

export interface BasisLine {
  readonly label: string;
  readonly value: string;
  readonly href?: string;
}

const validity = ({ validFrom, validUntil, citation }: PlaceSide): string | null => {
  if (validFrom === null) return null;
  const version = citation === null ? '' : `（第 ${citation.version} 版）`;
  return `${validFrom} 至 ${validUntil ?? '长期有效'}${version}`;
};

export const basisOf = (card: AnswerCard): readonly BasisLine[] => {
  const { to } = card;
  const phone = to.phone ?? to.place?.hotline ?? null;
  const checked = to.verifiedAt === null ? null : [to.verifiedAt, to.verifiedBy].filter((part) => part !== null).join('，');
  const lines: readonly (BasisLine | null)[] = [
    ...card.basis.slice(0, 4).map((value, index) => ({ label: index === 0 ? '依据' : '', value })),
    validity(to) === null ? null : { label: '有效期', value: validity(to) ?? '' },
    checked === null ? null : { label: '最近核对', value: checked },
    phone === null ? null : { label: '咨询电话', value: phone, href: `tel:${phone.replaceAll(/[^\d+]/g, '')}` },
  ];
  return lines.filter((line) => line !== null);
};
