import { attemptResults } from '#contracts/lifecycles/callback-task.lifecycle';
import { contactMethods, contactResults, notAdoptedLabels, outcomeLabels } from '#contracts/lifecycles/rectification.lifecycle';
import { callbackMethodLabels, callbackResultLabels, noticeMethodLabels } from '#contracts/vocabulary/callbacks';
import { timeUnitLabels } from '#contracts/vocabulary/clocks';
import { closeTypeLabels, terminationGroundLabels } from '#contracts/vocabulary/close-types';
import { referralMethodLabels, referralTargetLabels } from '#contracts/vocabulary/referrals';
import { rejectReasonLabels } from '#contracts/vocabulary/reject-reasons';
import { satisfactionLevels } from '#contracts/vocabulary/satisfaction';

type Choices = Readonly<Record<string, string>>;

const satisfactionLabels: Choices = Object.fromEntries(Object.entries(satisfactionLevels).map(([code, level]) => [code, level.label]));

/** Words of the codes that a move may ask for; the codes themselves are in the lifecycle tables. */
const choicesByField: Readonly<Record<string, Choices>> = {
  rejectReason: rejectReasonLabels,
  referralTarget: referralTargetLabels,
  referralMethod: referralMethodLabels,
  closeType: closeTypeLabels,
  explainedAs: closeTypeLabels,
  terminationGround: terminationGroundLabels,
  outcome: outcomeLabels,
  category: notAdoptedLabels,
  noticeMethod: noticeMethodLabels,
  replyMethod: contactMethods,
  unit: timeUnitLabels,
  satisfaction: satisfactionLabels,
  // A rectification says whether the rater accepts, a ticket whether the citizen was reached; the codes differ.
  result: { ...contactResults, ...attemptResults, ...callbackResultLabels, ACCEPTED: '接通且认可', DISSATISFIED: '接通但仍不满意' },
  method: { ...callbackMethodLabels, ...contactMethods },
};

const labelByName: Readonly<Record<string, string>> = {
  at: '时间',
  method: '方式',
  result: '结果',
  note: '记录',
  phone: '所拨号码',
  isResolved: '是否解决',
  satisfaction: '满意度',
  amount: '数量',
  unit: '单位',
  basis: '依据',
  progress: '进度',
  measures: '措施',
  dueOn: '承诺解决日',
};

export const labelsOfField = (path: string): { readonly label: string; readonly choices: Choices } => {
  const name = path.split('.').at(-1) ?? path;
  return { label: labelByName[name] ?? name, choices: choicesByField[name] ?? {} };
};
