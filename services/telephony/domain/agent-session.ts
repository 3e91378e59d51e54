import type { AgentChoice, AgentState } from '#contracts/lifecycles/agent-state.lifecycle';

/** The server's word on one seat; every tab, list and router reads it here. */
export interface AgentSession {
  readonly agentId: string;
  readonly name: string;
  readonly orgId: string;
  readonly state: AgentState;
  readonly since: Date;
  /** Since when idle, for the longest-idle rule; null while not READY. */
  readonly idleSince: Date | null;
  readonly reason: string | null;
  readonly plannedUntil: Date | null;
  readonly pendingState: AgentChoice | null;
  readonly pendingReason: string | null;
  readonly deviceOk: boolean;
  readonly heartbeatAt: Date | null;
  /** Rises when a tab takes the phone; the older tab is told. */
  readonly epoch: number;
  readonly callId: string | null;
  readonly lastRejectAt: Date | null;
  readonly version: number;
}

/** Gap-free (I7): each row ends at the instant at which the next begins. */
export interface AgentLogRow {
  readonly id: string;
  readonly agentId: string;
  readonly no: number;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly fromAt: Date;
  readonly untilAt: Date | null;
}

export const suspendReasons = {
  NO_ANSWER: '无应答',
  REJECTED: '拒接',
  DEVICE_FAULT: '设备故障',
  OFFLINE: '离线',
  CUT_OFF: '通话中断',
  UNCHECKED: '设备未检测',
} as const;
