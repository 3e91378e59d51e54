import type { CaseForm, OutcomeName } from './rectification';

/** rules §6.2: what has to be written for each outcome. */
export const outcomeMaterials: Readonly<Record<OutcomeName, readonly { readonly field: keyof CaseForm; readonly label: string }[]>> = {
  IMMEDIATE_FIX: [
    { field: 'measures', label: '整改措施' },
    { field: 'finishedAt', label: '完成时间' },
  ],
  TIMED_FIX: [
    { field: 'reason', label: '限期整改的理由' },
    { field: 'ledger', label: '台账与阶段措施' },
    { field: 'measures', label: '整改措施' },
    { field: 'finishBy', label: '完成期限' },
    { field: 'finishedAt', label: '完成时间' },
  ],
  EXPLANATION: [
    { field: 'basis', label: '依据条文' },
    { field: 'explanation', label: '说明内容' },
  ],
};

const isWritten = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

export const missingMaterials = (outcome: OutcomeName | null, form: CaseForm): readonly string[] =>
  outcome === null ? [] : outcomeMaterials[outcome].filter(({ field }) => !isWritten(form[field])).map(({ label }) => label);

/** rules §6.3.4: what is still being done is not finished; an explanation has nothing to finish. */
export const fixIsFinished = (outcome: OutcomeName | null, form: CaseForm, now: number): boolean => {
  if (outcome === null || outcome === 'EXPLANATION') return true;
  const finishedAt = form.finishedAt === undefined ? Number.NaN : Date.parse(form.finishedAt);
  return finishedAt <= now;
};
