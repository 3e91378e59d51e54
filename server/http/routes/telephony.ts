import {
  AgentSessionView,
  CallbackMove,
  CallbackMoveParams,
  CallbackTaskListQuery,
  CallbackTaskPage,
  CallbackTaskView,
  CallerCard,
  CallListQuery,
  CallPage,
  CallParams,
  CallSummary,
  ChangeAgentState,
  QueueOverview,
  RevealedNumber,
  RevealNumber,
  StartCall,
  StartedCall,
  WrapUp,
} from '#contracts/api/telephony';
import type { Actor } from '#kernel';
import type { Telephony } from '#telephony';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '热线电话';

const publicEndpoints = ({ telephony }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'publicCalls.start',
    method: 'post',
    path: '/public/calls',
    tag: '网络电话（市民）',
    summary: '发起网络电话；得到只属于这一通电话的令牌',
    access: 'public',
    request: { body: StartCall },
    answers: { 201: StartedCall },
    handle: async ({ body, address }) => {
      const actor = { kind: 'citizen', id: 'WEB_CALL', address } as const;
      return { status: 201, body: await telephony.startWebCall({ phone: body.phone ?? null, dialled: body.dialled, actor, address }) };
    },
  }),
];

const seatEndpoints = ({ telephony }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'queue.overview',
    method: 'get',
    path: '/queue',
    tag,
    summary: '排队、坐席状态与今日接通',
    access: { permission: 'queue.read' },
    answers: { 200: QueueOverview },
    handle: async ({ actor }) => ({ status: 200, body: await telephony.queue.overview(actor) }),
  }),
  defineEndpoint({
    id: 'agent.session',
    method: 'get',
    path: '/agent/session',
    tag,
    summary: '本人坐席的状态、来电与整理时限',
    access: { permission: 'call.take' },
    answers: { 200: AgentSessionView },
    handle: async ({ actor }) => ({ status: 200, body: await telephony.calls.presentSession(await telephony.agents.session(actor)) }),
  }),
  defineEndpoint({
    id: 'agent.changeState',
    method: 'post',
    path: '/agent/state',
    tag,
    summary: '就绪、示忙、小休、培训、会议、签出；通话中则挂断后生效',
    access: { permission: 'call.take' },
    request: { body: ChangeAgentState },
    answers: { 200: AgentSessionView },
    handle: async ({ actor, body }) => ({ status: 200, body: await telephony.calls.presentSession(await telephony.agents.changeState(actor, body)) }),
  }),
];

type CallVerb = 'accept' | 'reject' | 'hangup' | 'hold' | 'unhold';

const verbs: Readonly<
  Record<CallVerb, { readonly summary: string; readonly run: (telephony: Telephony, id: string, actor: Actor) => ReturnType<Telephony['accept']> }>
> = {
  accept: { summary: '接听；同时生成工单草稿', run: (telephony, id, actor) => telephony.accept(id, actor) },
  reject: { summary: '拒接；来电者继续排队', run: (telephony, id, actor) => telephony.reject(id, actor) },
  hangup: { summary: '挂断；进入话后整理，草稿已保存', run: (telephony, id, actor) => telephony.hangUp(id, actor) },
  hold: { summary: '保持；对方听到音乐', run: (telephony, id, actor) => telephony.hold(id, actor) },
  unhold: { summary: '恢复通话', run: (telephony, id, actor) => telephony.unhold(id, actor) },
};

const verbEndpoints = ({ telephony }: System): readonly Endpoint[] =>
  Object.entries(verbs).map(([verb, { summary, run }]) =>
    defineEndpoint({
      id: `calls.${verb}`,
      method: 'post',
      path: `/calls/:id/${verb}`,
      tag,
      summary,
      access: { permission: 'call.take' },
      request: { params: CallParams },
      answers: { 200: CallSummary },
      handle: async ({ params, actor }) => ({ status: 200, body: await telephony.calls.present(await run(telephony, params.id, actor)) }),
    }),
  );

const callEndpoints = ({ telephony }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'calls.wrapUp',
    method: 'post',
    path: '/calls/:id/wrap-up',
    tag,
    summary: '整理完毕，或再要 30 秒（至多两次）',
    access: { permission: 'call.take' },
    request: { params: CallParams, body: WrapUp },
    answers: { 200: CallSummary },
    handle: async ({ params, body, actor }) => ({ status: 200, body: await telephony.calls.present(await telephony.wrapUp[body.action](params.id, actor)) }),
  }),
  defineEndpoint({
    id: 'calls.list',
    method: 'get',
    path: '/calls',
    tag,
    summary: '通话记录，最近的在前；号码脱敏',
    access: { permission: 'call.read' },
    request: { query: CallListQuery },
    answers: { 200: CallPage },
    handle: async ({ query, actor }) => ({ status: 200, body: await telephony.calls.list({ ...query, mine: query.mine === 'true' }, actor) }),
  }),
  defineEndpoint({
    id: 'calls.get',
    method: 'get',
    path: '/calls/:id',
    tag,
    summary: '一通电话',
    access: { permission: 'call.read' },
    request: { params: CallParams },
    answers: { 200: CallSummary },
    handle: async ({ params, actor }) => ({ status: 200, body: await telephony.calls.get(params.id, actor) }),
  }),
  defineEndpoint({
    id: 'calls.card',
    method: 'get',
    path: '/calls/:id/card',
    tag,
    summary: '来电弹屏：未结工单在前，保密诉求只说有一件',
    access: { permission: 'call.read' },
    request: { params: CallParams },
    answers: { 200: CallerCard },
    handle: async ({ params, actor }) => ({ status: 200, body: await telephony.callerCard(params.id, actor) }),
  }),
];

const taskEndpoints = ({ telephony }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'callbackTasks.list',
    method: 'get',
    path: '/callback-tasks',
    tag,
    summary: '回拨任务，最急的在前',
    access: { permission: 'callbackTask.read' },
    request: { query: CallbackTaskListQuery },
    answers: { 200: CallbackTaskPage },
    handle: async ({ query, actor }) => ({ status: 200, body: await telephony.callbackTasks.list({ ...query, mine: query.mine === 'true' }, actor) }),
  }),
  defineEndpoint({
    id: 'callbackTasks.get',
    method: 'get',
    path: '/callback-tasks/:id',
    tag,
    summary: '一项回拨任务与可做的操作',
    access: { permission: 'callbackTask.read' },
    request: { params: CallParams },
    answers: { 200: CallbackTaskView },
    handle: async ({ params, actor }) => ({ status: 200, body: await telephony.callbackTasks.get(params.id, actor) }),
  }),
  defineEndpoint({
    id: 'callbackTasks.move',
    method: 'post',
    path: '/callback-tasks/:id/moves/:action',
    tag,
    summary: '领取、放回、记录未接通、完成',
    access: { permission: 'callbackTask.read' },
    request: { params: CallbackMoveParams, body: CallbackMove },
    answers: { 200: CallbackTaskView },
    ifMatch: true,
    handle: async ({ params, body, actor, ifMatch }) => {
      const task = await telephony.callbackTasks.move(params.id, { action: params.action, input: body, ifMatch }, actor);
      return { status: 200, body: telephony.callbackTasks.present(task, actor) };
    },
  }),
  defineEndpoint({
    id: 'callbackTasks.number',
    method: 'post',
    path: '/callback-tasks/:id/number',
    tag,
    summary: '领取人查看号码；须填理由，留痕',
    access: { permission: 'callbackTask.work' },
    request: { params: CallParams, body: RevealNumber },
    answers: { 200: RevealedNumber },
    handle: async ({ params, body, actor }) => ({ status: 200, body: { number: await telephony.callbackTasks.revealNumber(params.id, body.purpose, actor) } }),
  }),
];

export const telephonyEndpoints = (system: System): readonly Endpoint[] => [
  ...publicEndpoints(system),
  ...seatEndpoints(system),
  ...verbEndpoints(system),
  ...callEndpoints(system),
  ...taskEndpoints(system),
];
