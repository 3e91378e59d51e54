import type { RectificationForm } from '#contracts/api/rectification';
import type { OutcomeType } from '#contracts/lifecycles/rectification.lifecycle';
import type { RectificationDetail } from '../../shared/cases/case-api';

export type Outcome = Exclude<OutcomeType, 'NOT_ADOPTED'>;

/** What the department writes, every field present, so that a cleared one is told from an untouched one. */
export interface DeskForm {
  isTrue: boolean | null;
  isReasonable: boolean | null;
  outcome: Outcome | '';
  opinion: string;
  examination: string;
  reason: string;
  measures: string;
  finishedAt: string;
  ledger: string;
  finishBy: string;
  basis: string;
  explanation: string;
  reply: string;
  replyMethod: NonNullable<RectificationForm['replyMethod']> | '';
}

const texts = ['opinion', 'examination', 'reason', 'measures', 'ledger', 'basis', 'explanation', 'reply'] as const;

export const toDeskForm = (detail: Pick<RectificationDetail, 'form' | 'draft' | 'isTrue' | 'isReasonable' | 'outcome'>): DeskForm => {
  const form = { ...detail.form, ...detail.draft?.form };
  const text = (name: (typeof texts)[number]): string => form[name] ?? '';
  return {
    isTrue: form.isTrue ?? detail.isTrue,
    isReasonable: form.isReasonable ?? detail.isReasonable,
    outcome: form.outcome ?? ((detail.outcome ?? '') as Outcome | ''),
    opinion: text('opinion'),
    examination: text('examination'),
    reason: text('reason'),
    measures: text('measures'),
    finishedAt: form.finishedAt ?? '',
    ledger: text('ledger'),
    finishBy: form.finishBy ?? '',
    basis: text('basis'),
    explanation: text('explanation'),
    reply: text('reply'),
    replyMethod: form.replyMethod ?? '',
  };
};

/** A cleared text is sent as empty; a cleared date or choice is left out, for it has no empty form. */
export const toBody = (form: DeskForm): RectificationForm => ({
  ...Object.fromEntries(texts.map((name) => [name, form[name]])),
  ...(form.isTrue === null ? {} : { isTrue: form.isTrue }),
  ...(form.isReasonable === null ? {} : { isReasonable: form.isReasonable }),
  ...(form.outcome === '' ? {} : { outcome: form.outcome }),
  ...(form.finishedAt === '' ? {} : { finishedAt: form.finishedAt }),
  ...(form.finishBy === '' ? {} : { finishBy: form.finishBy }),
  ...(form.replyMethod === '' ? {} : { replyMethod: form.replyMethod }),
});

export interface OutcomeOption {
  readonly outcome: Outcome;
  readonly label: string;
  readonly materials: string;
  readonly limit: string;
  /** Why it cannot be chosen; null when it can. */
  readonly lock: string | null;
}

/** rules §6.2; the limits are the defaults of rules §6.4, the stored deadline is what the head of the case shows. */
export const outcomeOptions = (form: Pick<DeskForm, 'isTrue' | 'isReasonable'>): readonly OutcomeOption[] => [
  { outcome: 'IMMEDIATE_FIX', label: '立行立改', materials: '措施、完成时间、佐证 ≥ 1', limit: '核实后 1 工作日', lock: null },
  { outcome: 'TIMED_FIX', label: '限期整改', materials: '理由、台账、措施、期限、佐证 ≥ 1', limit: '核实后 5 工作日', lock: null },
  {
    outcome: 'EXPLANATION',
    label: '解释说明',
    materials: '依据条文、说明内容、佐证 ≥ 1',
    limit: '核实后 5 工作日',
    lock: form.isTrue === true && form.isReasonable === true ? '已核实属实且合理，不得选' : null,
  },
];

export const materialsOf: Readonly<Record<Outcome, readonly (keyof DeskForm)[]>> = {
  IMMEDIATE_FIX: ['measures', 'finishedAt'],
  TIMED_FIX: ['reason', 'ledger', 'measures', 'finishBy', 'finishedAt'],
  EXPLANATION: ['basis', 'explanation'],
};

export const labelOf: Partial<Readonly<Record<keyof DeskForm, string>>> = {
  opinion: '核实意见',
  examination: '调阅核查',
  reason: '理由',
  measures: '整改措施',
  finishedAt: '完成时间',
  ledger: '台账与阶段',
  finishBy: '完成期限',
  basis: '依据条文',
  explanation: '说明内容',
};

/** What the verification still lacks on this screen; the table's own reasons come from the server. */
export const missingForVerify = (form: DeskForm, isRealName: boolean): readonly string[] => [
  ...(form.isTrue === null ? ['是否属实'] : []),
  ...(form.isReasonable === null ? ['是否合理'] : []),
  ...(form.outcome === '' ? ['处置方式'] : []),
  ...(form.opinion.trim() === '' ? ['核实意见'] : []),
  ...(!isRealName && form.examination.trim() === '' ? ['调阅核查记录'] : []),
];

export const verifyInput = (form: DeskForm): Readonly<Record<string, unknown>> => ({
  isTrue: form.isTrue,
  isReasonable: form.isReasonable,
  outcome: form.outcome,
  opinion: form.opinion,
  ...(form.examination.trim() === '' ? {} : { examination: form.examination }),
});
