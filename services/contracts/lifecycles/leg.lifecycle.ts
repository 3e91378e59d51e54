import { type ActionOf, defineLifecycle, NEW, type StateOf } from './lifecycle';

export const legCauses = {
  normal: '正常挂断',
  busy: '忙',
  noanswer: '无应答',
  rejected: '拒接',
  cancelled: '取消',
  media_lost: '声音中断',
  machine: '自动应答',
  unreachable: '无法接通',
  carrier_error: '线路故障',
} as const;
export type LegCause = keyof typeof legCauses;

/** One party's audio path (design-channels §1.1): the rank only rises, UP and HELD share one, ENDED is final. */
export const legLifecycle = defineLifecycle({
  name: 'leg',
  label: '通话支路',
  starts: ['RINGING'],
  states: {
    RINGING: { label: '振铃' },
    UP: { label: '接通' },
    HELD: { label: '保持' },
    ENDED: { label: '已断开', final: true },
  },
  guards: {},
  fields: {},
  rows: [
    { on: 'ring', label: '振铃', from: [NEW], to: 'RINGING', by: ['SYSTEM'] },
    { on: 'connect', label: '接通', from: ['RINGING', 'HELD'], to: 'UP', by: ['SYSTEM'] },
    { on: 'hold', label: '保持', from: ['UP'], to: 'HELD', by: ['SYSTEM'] },
    { on: 'end', label: '断开', from: ['RINGING', 'UP', 'HELD'], to: 'ENDED', by: ['SYSTEM'] },
  ],
});

export type LegState = StateOf<typeof legLifecycle>;
export type LegAction = ActionOf<typeof legLifecycle>;

/** What a carrier reports as a state is asked for as an action; a late or repeated report finds no row and is only logged. */
export const legActionFor: Readonly<Record<LegState, LegAction>> = { RINGING: 'ring', UP: 'connect', HELD: 'hold', ENDED: 'end' };
