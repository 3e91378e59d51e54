import type { ClosureCheck } from '#contracts/api/rectification';
import type { RectificationTerms } from '#contracts/vocabulary/rectification-terms';
import { raterAccepts, raterIsDissatisfied, wasTriedEnough } from '../domain/callback-attempts';
import { missingMaterials } from '../domain/outcome-materials';
import type { CaseSnapshot } from '../domain/rectification';

const list = (names: readonly string[]): string | null => (names.length === 0 ? null : names.join('、'));

const verificationChecks = ({ row, contacts, written, draft }: CaseSnapshot): readonly ClosureCheck[] => [
  row.isRealName
    ? { key: 'contact', label: '核实联系记录', done: contacts.length > 0, by: '承办人', detail: contacts.length === 0 ? null : `已联系 ${contacts.length} 次` }
    : { key: 'examination', label: '调阅核查记录', done: (draft.examination ?? written.examination ?? '') !== '', by: '承办人', detail: null },
  { key: 'verified', label: '核实结论', done: row.verifiedAt !== null, by: '承办人', detail: null },
];

const materialChecks = ({ row, written, draft, evidenceIds }: CaseSnapshot): readonly ClosureCheck[] => {
  const form = { ...written, ...draft };
  const outcome = draft.outcome ?? row.outcome;
  const left = missingMaterials(outcome, form);
  return [
    { key: 'outcome', label: '处置结果', done: outcome !== null, by: '承办人', detail: null },
    { key: 'measures', label: '处置材料', done: outcome !== null && left.length === 0, by: '承办人', detail: list(left) },
    { key: 'evidence', label: '佐证附件', done: evidenceIds.length > 0, by: '承办人', detail: `${evidenceIds.length} / 1` },
  ];
};

const raterChecks = (snapshot: CaseSnapshot, terms: RectificationTerms): readonly ClosureCheck[] => {
  const { row, callbacks, written, draft } = snapshot;
  if (!row.isRealName) return [];
  const inRound = callbacks.filter((attempt) => attempt.round === row.round);
  const isCalled = raterAccepts(inRound) || raterIsDissatisfied(inRound) || wasTriedEnough(inRound, terms);
  return [
    { key: 'reply', label: '回复评价人', done: row.repliedAt !== null || (draft.reply ?? written.reply ?? '') !== '', by: '承办人', detail: null },
    { key: 'callback', label: '回访记录', done: isCalled, by: '回访员', detail: inRound.length === 0 ? null : `已回访 ${inRound.length} 次` },
  ];
};

/** rules §6.3 as a list of what is there and what is missing, and who has to bring it. */
export const closureChecks = (snapshot: CaseSnapshot, terms: RectificationTerms): readonly ClosureCheck[] => [
  ...verificationChecks(snapshot),
  ...materialChecks(snapshot),
  ...raterChecks(snapshot, terms),
  { key: 'review', label: '主管审核', done: snapshot.row.reviewedAt !== null, by: '好差评主管', detail: null },
  ...(snapshot.hasOpenSupervision ? [{ key: 'supervision', label: '督办办结', done: false, by: '督办人', detail: null }] : []),
];
