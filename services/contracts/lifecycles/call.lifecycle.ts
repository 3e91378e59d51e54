import { type ActionOf, defineLifecycle, type GuardOf, NEW, type StateOf } from './lifecycle';

export const callOutcomes = { ANSWERED: '接通', ABANDONED: '放弃', OVERFLOW: '溢出' } as const;
export type CallOutcome = keyof typeof callOutcomes;

/** Where an overflowed call went; every kind leaves a task or a ticket that a person must close. */
export const overflowKinds = { CALLBACK: '转回拨', VOICEMAIL: '转留言', EXTERNAL: '转外部', FAILURE: '故障' } as const;
export type OverflowKind = keyof typeof overflowKinds;

/** design-channels §1.1; the only file that knows the states of a call. The one back-step is into the queue. */
export const callLifecycle = defineLifecycle({
  name: 'call',
  label: '通话',
  starts: ['ARRIVING'],
  states: {
    ARRIVING: { label: '进线', clock: 'connect' },
    QUEUED: { label: '排队', clock: 'wait' },
    OFFERED: { label: '振铃', clock: 'ring' },
    TALKING: { label: '通话', clock: 'talk' },
    WRAP: { label: '话后', clock: 'wrapUp' },
    CLOSED: { label: '已结束', final: true },
  },
  guards: {
    isOffered: '来电已不再向您振铃',
    isTheAgent: '只有接听这通电话的坐席可以操作',
    isConnected: { met: '双方须已接通', otherwise: '双方已经接通' },
    wasAnswered: { met: '尚未有人接通过', otherwise: '已经接通过，不算放弃' },
    missIsFollowedUp: '等待 5 秒以上且有号码的放弃来电须有回拨任务',
    hasFollowUp: '溢出的来电须有回拨任务或工单',
    isHeld: { met: '通话未在保持中', otherwise: '通话已在保持中' },
  },
  fields: {},
  rows: [
    { on: 'arrive', label: '进线', from: [NEW], to: 'ARRIVING', by: ['SYSTEM', 'CITIZEN'] },
    { on: 'enqueue', label: '排队', from: ['ARRIVING'], to: 'QUEUED', by: ['SYSTEM', 'CITIZEN'] },
    { on: 'offer', label: '振铃', from: ['QUEUED'], to: 'OFFERED', by: ['SYSTEM'] },
    { on: 'accept', label: '接听', from: ['OFFERED'], to: 'TALKING', by: ['AGENT'], when: ['isOffered'] },
    { on: 'reject', label: '拒接', from: ['OFFERED'], to: 'QUEUED', by: ['AGENT'], when: ['isOffered'] },
    { on: 'requeue', label: '回到队首', from: ['OFFERED', 'TALKING'], to: 'QUEUED', by: ['SYSTEM'] },
    { on: 'connect', label: '双方接通', from: ['TALKING'], to: 'TALKING', by: ['SYSTEM'], unless: ['isConnected'] },
    { on: 'hold', label: '保持', from: ['TALKING'], to: 'TALKING', by: ['AGENT'], when: ['isTheAgent', 'isConnected'], unless: ['isHeld'] },
    { on: 'unhold', label: '恢复', from: ['TALKING'], to: 'TALKING', by: ['AGENT'], when: ['isTheAgent', 'isHeld'] },
    { on: 'hangUp', label: '挂断', from: ['TALKING'], to: 'WRAP', by: ['AGENT'], when: ['isTheAgent', 'isConnected'] },
    { on: 'part', label: '通话结束', from: ['TALKING'], to: 'WRAP', by: ['CITIZEN', 'SYSTEM'], when: ['wasAnswered'] },
    {
      on: 'abandon',
      label: '接通前挂断',
      from: ['ARRIVING', 'QUEUED', 'OFFERED', 'TALKING'],
      to: 'CLOSED',
      by: ['CITIZEN', 'SYSTEM'],
      when: ['missIsFollowedUp'],
      unless: ['wasAnswered'],
    },
    {
      on: 'overflow',
      label: '溢出',
      from: ['ARRIVING', 'QUEUED', 'OFFERED', 'TALKING'],
      to: 'CLOSED',
      by: ['CITIZEN', 'SYSTEM'],
      when: ['hasFollowUp'],
      unless: ['wasAnswered'],
    },
    // Somebody who was answered once and lost later waits in the queue again; when they leave there, the answer still counts.
    {
      on: 'leave',
      label: '恢复等待中挂断',
      from: ['QUEUED', 'OFFERED', 'TALKING'],
      to: 'CLOSED',
      by: ['CITIZEN', 'SYSTEM'],
      when: ['wasAnswered', 'missIsFollowedUp'],
    },
    { on: 'finish', label: '整理完毕', from: ['WRAP'], to: 'CLOSED', by: ['AGENT', 'SYSTEM'] },
  ],
});

export type CallState = StateOf<typeof callLifecycle>;
export type CallAction = ActionOf<typeof callLifecycle>;
export type CallGuard = GuardOf<typeof callLifecycle>;

export const liveCallStates = ['ARRIVING', 'QUEUED', 'OFFERED', 'TALKING', 'WRAP'] as const satisfies readonly CallState[];
