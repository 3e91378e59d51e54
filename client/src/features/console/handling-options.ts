import type { TicketView } from '#contracts/api/ticket-views';
import type { Handling } from './SuggestedHandling.vue';
import type { TicketForm } from './ticket-form';
import type { Suggestion } from './use-suggestion';
import type { Cited } from './work-memory';

export const ANSWER = 'answer';
export const REFER = 'refer';

export interface HandlingInput {
  readonly form: TicketForm;
  readonly cited: Cited | null;
  /** The best hit of the search, as a reason to answer at once. */
  readonly hit: { readonly name: string; readonly region: string } | null;
  readonly suggestion: Suggestion | null;
  readonly homeRegion: string;
}

const sameProvince = (a: string, b: string): boolean => a.slice(0, 2) === b.slice(0, 2);

const answerOption = ({ cited, hit }: HandlingInput): Handling => ({
  key: ANSWER,
  label: '直接答复',
  reason: cited === null ? (hit === null ? '先查到办事指南，再引用' : `指南已命中：${hit.name}（${hit.region}）`) : `已引用 ${cited.words}`,
  share: null,
  lock: null,
});

/** A question, or anything for which somebody has already cited a guide. */
const mayBeAnswered = ({ form, cited }: HandlingInput): boolean => form.type === 'CONSULT' || form.type === 'OTHER' || form.type === 'PRAISE' || cited !== null;

/** What could be done with the matter now; a matter of another place is not dispatched but referred (rules §8.4.3). */
export const handlingOptions = (input: HandlingInput): readonly Handling[] => {
  const { form, suggestion, homeRegion } = input;
  const away = form.details.handlingRegion !== '' && homeRegion !== '' && !sameProvince(form.details.handlingRegion, homeRegion);
  const units: readonly Handling[] = away
    ? [
        { key: REFER, label: '转出', reason: '外地事项，转出前记录诉求人同意', share: null, lock: null },
        { key: 'away', label: '派外地单位', reason: '', share: null, lock: '外地事项不派单，请用「转出」' },
      ]
    : (suggestion?.organizations ?? [])
        .slice(0, 2)
        .map((unit) => ({ key: unit.id, label: `派 ${unit.name}`, reason: unit.reason, share: unit.confidence, lock: null }));
  return [...(mayBeAnswered(input) ? [answerOption(input)] : []), ...units];
};

export const opinionOf = (options: readonly Handling[], chosen: string): string | undefined => {
  const option = options.find((one) => one.key === chosen);
  if (option === undefined || option.share === null) return undefined;
  return `建议主办：${option.label.replace(/^派 /, '')}（把握 ${Math.round(option.share * 100)}%，${option.reason}）`.slice(0, 1000);
};

/** The finishing action of this ticket: a question is answered, everything else goes on to be dispatched. */
export const finishingAction = (ticket: TicketView, chosen: string): string => {
  if (!ticket.canEdit) return '';
  if (chosen === ANSWER) return 'answerDirect';
  if (chosen === REFER) return 'refer';
  // What is already on its way has no next step here; what can still be done to it is not filled.
  return ticket.moves.some((move) => move.action === 'accept') ? 'accept' : '';
};
