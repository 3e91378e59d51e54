import { z } from 'zod';
import { id, text } from '../api/text';
import { type ActionOf, defineLifecycle, type GuardOf, NEW, type StateOf } from './lifecycle';

export const callbackKinds = { MISSED: '未接来电', REQUESTED: '要求回拨', OVERFLOW: '久等转回拨', FAILURE: '通话中断' } as const;
export type CallbackKind = keyof typeof callbackKinds;

export const attemptResults = { NO_ANSWER: '无人接听', BUSY: '占线', UNREACHABLE: '无法接通', MACHINE: '自动应答', REFUSED: '拒绝沟通' } as const;
export type AttemptResult = keyof typeof attemptResults;

/** A promise to ring somebody back; a person must close it, or the number is answered before (design-channels §2.5 I2). */
export const callbackTaskLifecycle = defineLifecycle({
  name: 'callback-task',
  label: '回拨任务',
  starts: ['OPEN'],
  states: {
    OPEN: { label: '待回拨', clock: 'callback' },
    CLAIMED: { label: '回拨中', clock: 'callback' },
    CLOSED: { label: '已完成', final: true },
  },
  guards: {
    isClaimedByActor: '须由领取任务的人操作',
    attemptsAreMade: '须已按规定次数尝试回拨',
  },
  fields: {
    result: { label: '结果', schema: z.enum(Object.keys(attemptResults) as [AttemptResult, ...AttemptResult[]]) },
    note: { label: '说明', schema: text(500) },
    reason: { label: '原因', schema: text(500) },
    ticketId: { label: '工单', schema: id },
  },
  rows: [
    { on: 'open', label: '产生', from: [NEW], to: 'OPEN', by: ['SYSTEM', 'CITIZEN'] },
    { on: 'repeat', label: '再次来电', from: ['OPEN'], to: 'OPEN', by: ['SYSTEM', 'CITIZEN'] },
    { on: 'repeat', label: '再次来电', from: ['CLAIMED'], to: 'CLAIMED', by: ['SYSTEM', 'CITIZEN'] },
    { on: 'claim', label: '领取', from: ['OPEN'], to: 'CLAIMED', by: ['AGENT', 'CALLBACK_AGENT'] },
    { on: 'release', label: '放回', from: ['CLAIMED'], to: 'OPEN', by: ['AGENT', 'CALLBACK_AGENT'], when: ['isClaimedByActor'] },
    { on: 'takeBack', label: '收回', from: ['CLAIMED'], to: 'OPEN', by: ['TEAM_LEAD'], needs: ['reason'] },
    {
      on: 'attempt',
      label: '未接通',
      from: ['CLAIMED'],
      to: 'OPEN',
      by: ['AGENT', 'CALLBACK_AGENT'],
      when: ['isClaimedByActor'],
      needs: ['result'],
      takes: ['note'],
    },
    {
      on: 'reach',
      label: '已接通，完成',
      from: ['CLAIMED'],
      to: 'CLOSED',
      by: ['AGENT', 'CALLBACK_AGENT'],
      when: ['isClaimedByActor'],
      needs: ['note'],
      takes: ['ticketId'],
    },
    {
      on: 'giveUp',
      label: '多次未接通，结束',
      from: ['CLAIMED'],
      to: 'CLOSED',
      by: ['AGENT', 'CALLBACK_AGENT'],
      when: ['isClaimedByActor', 'attemptsAreMade'],
      needs: ['reason'],
      takes: ['ticketId'],
    },
    { on: 'settle', label: '本人再次来电已接通', from: ['OPEN', 'CLAIMED'], to: 'CLOSED', by: ['SYSTEM'] },
  ],
});

export type CallbackTaskState = StateOf<typeof callbackTaskLifecycle>;
export type CallbackTaskAction = ActionOf<typeof callbackTaskLifecycle>;
export type CallbackTaskGuard = GuardOf<typeof callbackTaskLifecycle>;
