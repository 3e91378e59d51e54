import { type ActionOf, defineLifecycle, type GuardOf, NEW, type StateOf } from './lifecycle';

/** rules §4, design-channels §2.4: server-held, one writer, shown with a timer everywhere. */
export const agentStateLifecycle = defineLifecycle({
  name: 'agent-state',
  label: '坐席状态',
  starts: ['OFFLINE'],
  states: {
    OFFLINE: { label: '签出' },
    READY: { label: '就绪' },
    RINGING: { label: '振铃', clock: 'ring' },
    TALKING: { label: '通话' },
    HOLDING: { label: '保持' },
    ACW: { label: '整理', clock: 'wrapUp' },
    BUSY: { label: '示忙' },
    BREAK: { label: '小休', clock: 'planned' },
    TRAINING: { label: '培训' },
    MEETING: { label: '会议' },
  },
  guards: {
    deviceIsChecked: '须先通过设备检测（麦克风、扬声器）',
    phoneIsConnected: '话机未连接，请保持工作台页面打开',
  },
  fields: {},
  rows: [
    { on: 'register', label: '建档', from: [NEW], to: 'OFFLINE', by: ['SYSTEM'] },
    {
      on: 'ready',
      label: '就绪',
      from: ['OFFLINE', 'BUSY', 'BREAK', 'TRAINING', 'MEETING', 'ACW'],
      to: 'READY',
      by: ['AGENT', 'TEAM_LEAD', 'SYSTEM'],
      when: ['deviceIsChecked', 'phoneIsConnected'],
    },
    { on: 'busy', label: '示忙', from: ['OFFLINE', 'READY', 'BUSY', 'BREAK', 'TRAINING', 'MEETING', 'ACW'], to: 'BUSY', by: ['AGENT', 'TEAM_LEAD', 'SYSTEM'] },
    { on: 'break', label: '小休', from: ['OFFLINE', 'READY', 'BUSY', 'TRAINING', 'MEETING', 'ACW'], to: 'BREAK', by: ['AGENT', 'TEAM_LEAD', 'SYSTEM'] },
    { on: 'train', label: '培训', from: ['OFFLINE', 'READY', 'BUSY', 'BREAK', 'MEETING', 'ACW'], to: 'TRAINING', by: ['AGENT', 'TEAM_LEAD', 'SYSTEM'] },
    { on: 'meet', label: '会议', from: ['OFFLINE', 'READY', 'BUSY', 'BREAK', 'TRAINING', 'ACW'], to: 'MEETING', by: ['AGENT', 'TEAM_LEAD', 'SYSTEM'] },
    { on: 'signOut', label: '签出', from: ['READY', 'BUSY', 'BREAK', 'TRAINING', 'MEETING', 'ACW'], to: 'OFFLINE', by: ['AGENT', 'TEAM_LEAD', 'SYSTEM'] },
    { on: 'ring', label: '振铃', from: ['READY'], to: 'RINGING', by: ['SYSTEM'] },
    { on: 'stopRinging', label: '停止振铃', from: ['RINGING'], to: 'READY', by: ['SYSTEM'] },
    { on: 'answer', label: '接听', from: ['RINGING'], to: 'TALKING', by: ['SYSTEM'] },
    { on: 'hold', label: '保持', from: ['TALKING'], to: 'HOLDING', by: ['SYSTEM'] },
    { on: 'unhold', label: '恢复', from: ['HOLDING'], to: 'TALKING', by: ['SYSTEM'] },
    { on: 'wrapUp', label: '话后整理', from: ['TALKING', 'HOLDING'], to: 'ACW', by: ['SYSTEM'] },
    { on: 'release', label: '来电取消', from: ['TALKING', 'HOLDING'], to: 'READY', by: ['SYSTEM'] },
    // 无应答, 拒接, 设备故障, 离线: the reason says which.
    { on: 'suspend', label: '系统示忙', from: ['READY', 'RINGING', 'TALKING', 'HOLDING', 'ACW', 'BREAK', 'TRAINING', 'MEETING'], to: 'BUSY', by: ['SYSTEM'] },
  ],
});

export type AgentState = StateOf<typeof agentStateLifecycle>;
export type AgentAction = ActionOf<typeof agentStateLifecycle>;
export type AgentGuard = GuardOf<typeof agentStateLifecycle>;

/** What a person may ask for, and the move that does it. */
export const agentChoices = {
  READY: 'ready',
  BUSY: 'busy',
  BREAK: 'break',
  TRAINING: 'train',
  MEETING: 'meet',
  OFFLINE: 'signOut',
} as const satisfies Partial<Record<AgentState, AgentAction>>;
export type AgentChoice = keyof typeof agentChoices;

/** While the phone is in use, a wish becomes pending and takes effect afterwards. */
export const engagedStates = ['RINGING', 'TALKING', 'HOLDING'] as const satisfies readonly AgentState[];
