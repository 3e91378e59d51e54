import { type Ref, reactive, watch } from 'vue';
import { useClock } from '../../shared/formatting/clock';
import { hourMinute } from '../../shared/formatting/dates';
import type { TicketDetails, TicketForm } from './ticket-form';
import type { Suggestion } from './use-suggestion';
import type { Cited } from './work-memory';

export interface FillingFrom {
  readonly form: Ref<TicketForm | null>;
  readonly suggestion: Readonly<Ref<Suggestion | null>>;
  readonly cited: () => Cited | null;
}

const placesOf = (card: Cited['card']): Partial<TicketDetails> => ({ receivingRegion: card.from.place?.code ?? '', handlingRegion: card.to.place?.code ?? '' });

/** Below this a category is only offered, never filled in. */
const SURE = 0.6;

/**
 * Fills empty fields from the cited card and the suggestion, and remembers the source of each. A field that somebody typed in is
 * never filled again.
 */
export const useFilledFields = ({ form, suggestion, cited }: FillingFrom) => {
  const clock = useClock();
  const filled = reactive<Record<string, string>>({});
  const touched = new Set<string>();

  const source = (word: string): string => `${word} ${hourMinute(clock.now())}`;

  const fillText = (field: 'title' | 'categoryCode', value: string, from: string): void => {
    const now = form.value;
    if (now === null || value === '' || touched.has(field) || now[field] !== '') return;
    form.value = { ...now, [field]: value };
    filled[field] = source(from);
  };

  const fillDetails = (given: Partial<TicketDetails>, from: string): void => {
    const now = form.value;
    if (now === null) return;
    const open = Object.entries(given).filter(
      ([field, value]: [string, string]) => value !== '' && !touched.has(field) && now.details[field as keyof TicketDetails] === '',
    );
    if (open.length === 0) return;
    form.value = { ...now, details: { ...now.details, ...Object.fromEntries(open) } };
    for (const [field] of open) filled[field] = source(from);
  };

  watch(suggestion, (now) => {
    const [best] = now?.categories ?? [];
    if (best !== undefined && best.confidence >= SURE) fillText('categoryCode', best.code, '建议');
  });

  watch(cited, (now) => {
    if (now === null) return;
    const { card } = now;
    // Who is answered from a guide has asked a question, unless somebody said otherwise.
    if (form.value?.type === 'OTHER' && !touched.has('type')) form.value = { ...form.value, type: 'CONSULT' };
    const matter = card.item?.name ?? card.citations[0]?.name ?? '';
    fillText('title', matter, '引用');
    fillDetails({ matter, itemId: card.item?.id ?? '', ...placesOf(card) }, '引用');
  });

  return {
    filled: filled as Readonly<Record<string, string>>,
    /** Somebody typed here: the edge and the source go, for good. */
    touch: (field: string): void => {
      touched.add(field);
      delete filled[field];
    },
  };
};
