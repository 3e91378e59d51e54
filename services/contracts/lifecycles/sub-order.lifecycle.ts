import { z } from 'zod';
import { id, instant, text } from '../api/text';
import { type ActionOf, defineLifecycle, type GuardOf, NEW, PREVIOUS, type StateOf } from './lifecycle';

/** rules §3.6 */
export const subOrderLifecycle = defineLifecycle({
  name: 'sub-order',
  label: '承办子单',
  starts: ['PENDING_SIGN'],
  states: {
    PENDING_SIGN: { label: '待签收', clock: 'sign' },
    PROCESSING: { label: '办理中', clock: 'handle' },
    RETURN_PENDING: { label: '待裁定退单', clock: 'handle' },
    RETURNED: { label: '已退回', final: true },
    SUBMITTED: { label: '已提交', clock: 'handle' },
    DONE: { label: '已了结' },
    CANCELLED: { label: '已撤销', final: true },
  },
  guards: {
    ofOwnUnit: '仅限本单位的子单',
    notAccused: '被投诉的个人不得经手',
    inReturnWindow: '须在派单起 1 个工作日内申请退单',
    notLocked: '经裁定或指定承办的不得再退',
    isLead: { met: '仅限主办子单', otherwise: '仅限协办子单' },
    othersSettled: '协办子单须全部了结后主办才能提交',
    actorLeads: '须由主办单位确认',
  },
  fields: {
    reason: { label: '退单理由', schema: text(1000) },
    suggestedOrgId: { label: '建议去向', schema: id },
    opinion: { label: '意见', schema: text(1000) },
    isTrue: { label: '是否属实', schema: z.boolean() },
    contactedAt: { label: '联系诉求人时间', schema: instant },
    result: { label: '办理情况', schema: text(4000) },
    isResolved: { label: '是否解决', schema: z.boolean() },
    unresolvedReason: { label: '未解决原因', schema: text(1000) },
    publicReply: { label: '公开答复内容', schema: text(4000) },
    attachmentIds: { label: '附件', schema: z.array(id).max(10) },
  },
  rows: [
    { on: 'create', label: '派单', from: [NEW], to: 'PENDING_SIGN', by: ['SYSTEM'] },
    { on: 'sign', label: '签收', from: ['PENDING_SIGN'], to: 'PROCESSING', by: ['HANDLER'], when: ['ofOwnUnit', 'notAccused'] },
    {
      on: 'requestReturn',
      label: '申请退单',
      from: ['PENDING_SIGN', 'PROCESSING'],
      to: 'RETURN_PENDING',
      by: ['HANDLER', 'ORG_APPROVER'],
      when: ['ofOwnUnit', 'inReturnWindow', 'notLocked'],
      needs: ['reason', 'suggestedOrgId'],
    },
    { on: 'approveReturn', label: '同意退单', from: ['RETURN_PENDING'], to: 'RETURNED', by: ['DISPATCHER'], takes: ['opinion'] },
    { on: 'denyReturn', label: '驳回退单', from: ['RETURN_PENDING'], to: PREVIOUS, by: ['DISPATCHER'], needs: ['opinion'] },
    {
      on: 'submit',
      label: '提交办理结果',
      from: ['PROCESSING'],
      to: 'SUBMITTED',
      by: ['HANDLER'],
      when: ['ofOwnUnit', 'notAccused', 'othersSettled'],
      needs: ['isTrue', 'result', 'isResolved', 'publicReply'],
      takes: ['contactedAt', 'unresolvedReason', 'attachmentIds'],
    },
    { on: 'confirm', label: '主办确认', from: ['SUBMITTED'], to: 'DONE', by: ['HANDLER'], when: ['actorLeads'], unless: ['isLead'], takes: ['opinion'] },
    { on: 'approve', label: '随主单审核通过', from: ['SUBMITTED'], to: 'DONE', by: ['SYSTEM'], when: ['isLead'] },
    { on: 'sendBack', label: '随主单退回', from: ['SUBMITTED'], to: 'PROCESSING', by: ['SYSTEM'] },
    { on: 'rehandle', label: '随主单重办', from: ['DONE'], to: 'PROCESSING', by: ['SYSTEM'], when: ['isLead'] },
    { on: 'cancel', label: '撤销', from: ['PENDING_SIGN', 'PROCESSING'], to: 'CANCELLED', by: ['SYSTEM'] },
  ],
});

export type SubOrderState = StateOf<typeof subOrderLifecycle>;
export type SubOrderAction = ActionOf<typeof subOrderLifecycle>;
export type SubOrderGuard = GuardOf<typeof subOrderLifecycle>;
