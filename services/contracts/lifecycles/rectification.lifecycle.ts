import { z } from 'zod';
import { day, id, instant, phone, text } from '../api/text';
import { type ActionOf, defineLifecycle, type GuardOf, NEW, type StateOf } from './lifecycle';

const contactMethods = { PHONE: '电话', VISIT: '上门', SMS: '短信', WECHAT: '微信', MEETING: '面谈' } as const;
const contactResults = { REACHED: '联系上', NO_ANSWER: '无人接听', WRONG_NUMBER: '号码有误', REFUSED: '拒绝沟通' } as const;
export { contactMethods, contactResults };

export const outcomeLabels = { IMMEDIATE_FIX: '立行立改', TIMED_FIX: '限期整改', EXPLANATION: '解释说明', NOT_ADOPTED: '不予采纳' } as const;
export type OutcomeType = keyof typeof outcomeLabels;
export const notAdoptedLabels = { MISTAKEN: '误评', MALICIOUS: '恶意差评', WRONG_TARGET: '对象错误' } as const;

const keysOf = <T extends Record<string, string>>(labels: T) => z.enum(Object.keys(labels) as [Extract<keyof T, string>]);

const attachmentIds = z.array(id).max(10);

/** rules §6.1; the only file that knows the states of a rectification. */
export const rectificationLifecycle = defineLifecycle({
  name: 'rectification',
  label: '差评整改单',
  starts: ['PENDING_ASSIGN', 'PENDING_VERIFY'],
  states: {
    PENDING_ASSIGN: { label: '待交办', clock: 'verify' },
    PENDING_VERIFY: { label: '待核实', clock: 'verify' },
    RECTIFYING: { label: '整改中', clock: 'rectify' },
    APPEALING: { label: '申诉复核中', clock: 'appealReview', pauses: 'rectify' },
    PENDING_REVIEW: { label: '待审核', clock: 'rectify' },
    PENDING_CALLBACK: { label: '待回访', clock: 'callback' },
    CLOSED: { label: '已办结', final: true },
    CLOSED_NOT_ADOPTED: { label: '不予采纳', final: true },
  },
  guards: {
    unitIsKnown: { met: '按机构代码能定位责任单位', otherwise: '按机构代码定位不到责任单位' },
    unitIsActive: '责任单位应存在且在用',
    verificationIsComplete: '实名差评须先记录与评价人的联系，匿名差评须先记录调阅核查',
    outcomeFitsFindings: '核实为属实且合理的，不得选解释说明',
    ofOwnUnit: '仅限责任单位的人员办理',
    actorMayHandle: '被评的窗口人员、经办人，以及审核、回访或复核过本单的人不得承办',
    notYetAppealed: '每张整改单限申诉一次',
    appealInTime: '申诉须在核实后 2 个工作日内提出',
    hasAppealEvidence: '申诉须附证据',
    reviewerIsOutside: '复核人不得属于被评单位，也不得经手过本单',
    beforeRectifyDue: '须在整改到期前申请',
    notYetExtended: '每单只能延期一次',
    extensionWithinLimit: '延期后总时长不得超过上限',
    outcomeIsChosen: '须先确定处置结果',
    measuresAreWritten: '须填写处置所需的措施或说明',
    evidenceIsAttached: '须上传至少 1 份佐证附件',
    raterIsAnswered: '实名差评须有给评价人的回复',
    fixIsFinished: '限期整改须在整改完成后提交',
    notOwnWork: '承办人不得经手本环节',
    notReviewer: '审核人不得兼任回访',
    notCaller: '回访人不得兼任审核',
    raterIsNamed: { met: '仅适用于实名评价', otherwise: '仅适用于匿名评价' },
    callbackIsRecorded: '须有回访接通且评价人认可的记录，或至少 3 次、分布在 2 天以上不同时段的未接通记录',
    raterStillDissatisfied: '须有评价人仍不满意的回访记录',
    roundsAreUsedUp: { met: '尚未达到最大整改轮次', otherwise: '已达最大整改轮次，不能再退回重做' },
    closeReasonHolds: '须已达最大整改轮次，或属于解释说明且依据充分',
    supervisionIsClosed: '督办未办结时不得办结',
  },
  fields: {
    opinion: { label: '意见', schema: text(2000) },
    reason: { label: '理由', schema: text(1000) },
    orgId: { label: '责任单位', schema: id },
    isTrue: { label: '是否属实', schema: z.boolean() },
    isReasonable: { label: '是否合理', schema: z.boolean() },
    outcome: { label: '拟定处置结果', schema: z.enum(['IMMEDIATE_FIX', 'TIMED_FIX', 'EXPLANATION']) },
    contact: { label: '联系记录', schema: z.strictObject({ at: instant, method: keysOf(contactMethods), result: keysOf(contactResults), note: text(1000) }) },
    examination: { label: '调阅核查记录', schema: text(2000) },
    measures: { label: '整改措施', schema: text(2000) },
    finishedAt: { label: '完成时间', schema: instant },
    ledger: { label: '台账与阶段措施', schema: text(2000) },
    finishBy: { label: '完成期限', schema: day },
    basis: { label: '依据条文', schema: text(1000) },
    explanation: { label: '说明内容', schema: text(2000) },
    reply: { label: '给评价人的回复', schema: text(2000) },
    replyMethod: { label: '回复方式', schema: keysOf(contactMethods) },
    attachmentIds: { label: '附件', schema: attachmentIds },
    category: { label: '不予采纳类别', schema: keysOf(notAdoptedLabels) },
    days: { label: '延长工作日数', schema: z.number().int().min(1).max(10) },
    noticeMethod: { label: '告知评价人的方式', schema: z.enum(['PHONE', 'SMS', 'WECHAT', 'NOT_POSSIBLE']) },
    callback: {
      label: '回访记录',
      schema: z.strictObject({
        at: instant,
        method: keysOf(contactMethods),
        result: z.enum(['ACCEPTED', 'DISSATISFIED', 'NO_ANSWER', 'WRONG_NUMBER', 'REFUSED']),
        note: text(1000),
        phone: phone.optional(),
      }),
    },
  },
  rows: [
    { on: 'create', label: '差评入库待交办', from: [NEW], to: 'PENDING_ASSIGN', by: ['SYSTEM'], unless: ['unitIsKnown'] },
    { on: 'create', label: '差评入库待核实', from: [NEW], to: 'PENDING_VERIFY', by: ['SYSTEM'], when: ['unitIsKnown'] },
    {
      on: 'assign',
      label: '交办',
      from: ['PENDING_ASSIGN'],
      to: 'PENDING_VERIFY',
      by: ['RATING_SUPERVISOR'],
      when: ['unitIsActive'],
      needs: ['orgId'],
      takes: ['opinion'],
    },
    { on: 'reassign', label: '改派', from: ['PENDING_VERIFY'], to: 'PENDING_ASSIGN', by: ['RATING_SUPERVISOR'], needs: ['reason'] },
    {
      on: 'verify',
      label: '提交核实',
      from: ['PENDING_VERIFY'],
      to: 'RECTIFYING',
      by: ['HANDLER'],
      when: ['ofOwnUnit', 'actorMayHandle', 'verificationIsComplete', 'outcomeFitsFindings'],
      needs: ['isTrue', 'isReasonable', 'outcome', 'opinion'],
      takes: ['contact', 'examination', 'attachmentIds'],
    },
    {
      on: 'appeal',
      label: '提出申诉',
      from: ['RECTIFYING'],
      to: 'APPEALING',
      by: ['ORG_APPROVER'],
      when: ['ofOwnUnit', 'notYetAppealed', 'appealInTime', 'hasAppealEvidence'],
      needs: ['reason', 'attachmentIds'],
    },
    {
      on: 'uphold',
      label: '申诉成立',
      from: ['APPEALING'],
      to: 'CLOSED_NOT_ADOPTED',
      by: ['APPEAL_REVIEWER'],
      when: ['reviewerIsOutside', 'supervisionIsClosed'],
      needs: ['category', 'basis', 'opinion'],
    },
    { on: 'dismiss', label: '驳回申诉', from: ['APPEALING'], to: 'RECTIFYING', by: ['APPEAL_REVIEWER'], when: ['reviewerIsOutside'], needs: ['opinion'] },
    {
      on: 'extend',
      label: '批准延期',
      from: ['RECTIFYING'],
      to: 'RECTIFYING',
      by: ['RATING_SUPERVISOR'],
      when: ['beforeRectifyDue', 'notYetExtended', 'extensionWithinLimit'],
      needs: ['days', 'reason', 'noticeMethod'],
    },
    {
      on: 'submit',
      label: '提交审核',
      from: ['RECTIFYING'],
      to: 'PENDING_REVIEW',
      by: ['HANDLER'],
      // The outcome may be changed here, so what bars it at the verification bars it again.
      when: [
        'ofOwnUnit',
        'actorMayHandle',
        'outcomeIsChosen',
        'outcomeFitsFindings',
        'measuresAreWritten',
        'evidenceIsAttached',
        'raterIsAnswered',
        'fixIsFinished',
      ],
      takes: ['opinion', 'reason', 'outcome', 'measures', 'finishedAt', 'ledger', 'finishBy', 'basis', 'explanation', 'reply', 'replyMethod', 'attachmentIds'],
    },
    {
      on: 'sendBack',
      label: '退回重改',
      from: ['PENDING_REVIEW'],
      to: 'RECTIFYING',
      by: ['RATING_SUPERVISOR'],
      when: ['notOwnWork', 'notCaller'],
      needs: ['reason'],
    },
    {
      on: 'approve',
      label: '审核通过',
      from: ['PENDING_REVIEW'],
      to: 'PENDING_CALLBACK',
      by: ['RATING_SUPERVISOR'],
      // A second rating may name the rater while the case lies here; the reply is then still owed.
      when: ['notOwnWork', 'notCaller', 'raterIsNamed', 'raterIsAnswered'],
      takes: ['opinion'],
    },
    {
      on: 'approve',
      label: '审核办结',
      from: ['PENDING_REVIEW'],
      to: 'CLOSED',
      by: ['RATING_SUPERVISOR'],
      when: ['notOwnWork', 'notCaller', 'supervisionIsClosed'],
      unless: ['raterIsNamed'],
      takes: ['opinion'],
    },
    {
      on: 'callbackPass',
      label: '回访办结',
      from: ['PENDING_CALLBACK'],
      to: 'CLOSED',
      by: ['CALLBACK_AGENT'],
      when: ['notOwnWork', 'notReviewer', 'callbackIsRecorded', 'supervisionIsClosed'],
      takes: ['callback', 'opinion'],
    },
    {
      on: 'redo',
      label: '退回重做',
      from: ['PENDING_CALLBACK'],
      to: 'RECTIFYING',
      by: ['CALLBACK_AGENT'],
      when: ['notOwnWork', 'notReviewer', 'raterStillDissatisfied'],
      unless: ['roundsAreUsedUp'],
      needs: ['reason'],
      takes: ['callback'],
    },
    {
      on: 'closeWithReason',
      label: '说明原因办结',
      from: ['PENDING_CALLBACK'],
      to: 'CLOSED',
      by: ['RATING_SUPERVISOR'],
      when: ['notOwnWork', 'raterStillDissatisfied', 'closeReasonHolds', 'supervisionIsClosed'],
      needs: ['reason', 'basis'],
    },
    { on: 'reopen', label: '重新打开', from: ['CLOSED'], to: 'RECTIFYING', by: ['RATING_SUPERVISOR', 'SYSTEM'], needs: ['reason'] },
    // rules §5.3.4: a second bad rating of a service that is settled opens a new round, however the first one was settled.
    { on: 'reopen', label: '追评仍差，重新打开', from: ['CLOSED_NOT_ADOPTED'], to: 'RECTIFYING', by: ['SYSTEM'], needs: ['reason'] },
  ],
});

export type RectificationState = StateOf<typeof rectificationLifecycle>;
export type RectificationAction = ActionOf<typeof rectificationLifecycle>;
export type RectificationGuard = GuardOf<typeof rectificationLifecycle>;

type Fields = (typeof rectificationLifecycle)['fields'];
/** The inputs of all moves; which of them a move needs or takes is said by its row. */
export type RectificationInput = { readonly [F in keyof Fields]?: z.infer<Fields[F]['schema']> | undefined };
