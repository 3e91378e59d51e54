import type { AgentSessionAnswer, CallerCardView, QueueOverviewView } from '#contracts/api/telephony';
import type { AgentChoice } from '#contracts/lifecycles/agent-state.lifecycle';
import type { Api } from '../../shared/api/client';

export type CallCommand = 'accept' | 'reject' | 'hold' | 'unhold' | 'hangup';

export interface SeatWish {
  readonly state: AgentChoice;
  readonly reason?: string;
  readonly plannedMinutes?: number;
}

/** The phone side of the console; the server keeps all state, this only asks. */
export const telephonyApi = (api: Api) => ({
  queue: (): Promise<QueueOverviewView> => api.get('/queue'),
  seat: (): Promise<AgentSessionAnswer> => api.get('/agent/session'),
  wish: (wish: SeatWish): Promise<AgentSessionAnswer> => api.post('/agent/state', { body: wish }),
  command: (callId: string, command: CallCommand): Promise<unknown> => api.post(`/calls/${callId}/${command}`),
  wrapUp: (callId: string, action: 'done' | 'extend'): Promise<unknown> => api.post(`/calls/${callId}/wrap-up`, { body: { action } }),
  callerCard: (callId: string): Promise<CallerCardView> => api.get(`/calls/${callId}/card`),
});

export type TelephonyApi = ReturnType<typeof telephonyApi>;
