import type { AnswerCardRef } from '#contracts/api/inquiries';
import type { AnswerCard } from '#knowledge-base/contracts';
import type { Cited } from './work-memory';

/** The version that a ticket rests on: the handling place decides, so its guide is the one cited (rules §8.4). */
const mainCitation = (card: AnswerCard): AnswerCard['citations'][number] | null => card.to.citation ?? card.from.citation ?? card.citations[0] ?? null;

export const citeCard = (card: AnswerCard): Cited | null => {
  const main = mainCitation(card);
  if (main === null) return null;
  return {
    guideId: main.guideId,
    guideVersion: main.version,
    words: `《${main.name}》${card.citations.map((citation) => `${citation.region} v${citation.version}`).join(' · ')}`,
    card,
  };
};

const placeOf = (code: string | null | undefined): string | undefined => code ?? undefined;

/** The card as a conversation carries it: the citizen's page opens the same card from the guides. */
export const cardRef = (card: AnswerCard): AnswerCardRef => {
  const main = mainCitation(card);
  const from = placeOf(card.from.place?.code);
  const to = placeOf(card.to.place?.code);
  return {
    item: card.item?.id ?? main?.guideId ?? '',
    title: card.item?.name ?? main?.name ?? '办事指南',
    citations: card.citations.map(({ guideId, version }) => ({ guideId, version })),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
};
