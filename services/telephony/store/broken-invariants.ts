import { QueryTypes, type Sequelize } from 'sequelize';
import type { TelephonyFinding } from './telephony-store';

/** Each condition of design-channels §2.5 that SQL can ask: the rows that break it. */
const conditions: readonly { readonly invariant: string; readonly note: string; readonly sql: string; readonly from: string }[] = [
  {
    invariant: 'I1',
    note: '未结束的通话须恰有一个负责方',
    from: "phone_call WHERE state <> 'CLOSED'",
    sql: `SELECT c.id AS id FROM phone_call c LEFT JOIN call_custody k ON k.callId = c.id WHERE (c.state <> 'CLOSED' AND k.callId IS NULL) OR (c.state = 'CLOSED' AND k.callId IS NOT NULL)`,
  },
  {
    invariant: 'I2',
    note: '结束须有结果；溢出须有任务或工单；等待 5 秒以上且有号码的放弃须有回拨任务；同一号码至多一个未完成任务',
    from: "phone_call WHERE state = 'CLOSED'",
    sql: `SELECT c.id AS id FROM phone_call c LEFT JOIN callback_task t ON t.id = c.taskId WHERE c.state = 'CLOSED' AND (c.outcome IS NULL
      OR (c.outcome = 'OVERFLOW' AND (c.overflowKind IS NULL OR (t.id IS NULL AND c.ticketId IS NULL)))
      OR (c.outcome = 'ABANDONED' AND c.numberHash IS NOT NULL AND t.id IS NULL AND c.closedAt - COALESCE(c.enqueuedAt, c.arrivedAt) >= 5000)
      OR (c.outcome = 'ANSWERED' AND c.answeredAt IS NULL) OR (c.outcome <> 'ANSWERED' AND c.answeredAt IS NOT NULL))
      UNION SELECT id FROM callback_task WHERE (state = 'CLOSED' AND openHash IS NOT NULL) OR (state <> 'CLOSED' AND (openHash IS NULL OR openHash <> numberHash))`,
  },
  {
    invariant: 'I3',
    note: '坐席至多一个来电，来电至多向一个坐席振铃',
    from: 'acd_offer',
    sql: `SELECT o.id AS id FROM acd_offer o LEFT JOIN agent_session a ON a.agentId = o.agentId LEFT JOIN phone_call c ON c.id = o.callId
      WHERE (o.state = 'RINGING' AND (o.liveCallId IS NULL OR o.liveAgentId IS NULL OR a.state <> 'RINGING' OR a.callId <> o.callId OR c.state <> 'OFFERED'))
      OR (o.state <> 'RINGING' AND (o.liveCallId IS NOT NULL OR o.liveAgentId IS NOT NULL))
      UNION SELECT a.agentId AS id FROM agent_session a LEFT JOIN phone_call c ON c.id = a.callId
      WHERE (a.state IN ('RINGING','TALKING','HOLDING') AND (a.callId IS NULL OR c.state NOT IN ('OFFERED','TALKING')))
      OR (a.state = 'ACW' AND (a.callId IS NULL OR c.state <> 'WRAP'))
      OR (a.state NOT IN ('RINGING','TALKING','HOLDING','ACW') AND a.callId IS NOT NULL)
      UNION SELECT c.id AS id FROM phone_call c WHERE c.state = 'TALKING' AND NOT EXISTS (SELECT 1 FROM agent_session a WHERE a.callId = c.id AND a.agentId = c.agentId)
      UNION SELECT c.id AS id FROM phone_call c WHERE c.state = 'OFFERED' AND NOT EXISTS (SELECT 1 FROM acd_offer o WHERE o.liveCallId = c.id)`,
  },
  {
    invariant: 'I4',
    note: '入队时刻不后移',
    from: 'acd_entry',
    sql: `SELECT c.id AS id FROM acd_entry e JOIN phone_call c ON c.id = e.callId WHERE e.enqueuedAt <> c.enqueuedAt
      OR (c.state = 'QUEUED' AND e.state <> 'WAITING') OR (c.state = 'OFFERED' AND e.state <> 'RESERVED') OR (c.state = 'TALKING' AND e.state <> 'SERVED') OR (c.state IN ('WRAP','CLOSED') AND e.state <> 'LEFT')`,
  },
  {
    invariant: 'I7',
    note: '坐席状态记录首尾相接',
    from: 'agent_state_log',
    sql: `SELECT l.agentId AS id FROM agent_state_log l LEFT JOIN agent_state_log n ON n.agentId = l.agentId AND n.no = l.no + 1
      WHERE (n.id IS NULL AND l.untilAt IS NOT NULL) OR (n.id IS NOT NULL AND (l.untilAt IS NULL OR l.untilAt <> n.fromAt))
      UNION SELECT a.agentId AS id FROM agent_session a JOIN agent_state_log l ON l.agentId = a.agentId AND l.untilAt IS NULL WHERE l.state <> a.state OR l.fromAt <> a.since`,
  },
  {
    invariant: 'I8',
    note: '人工请求呼入 = 接通 + 放弃 + 溢出',
    from: 'phone_call',
    sql: `SELECT id FROM phone_call WHERE (state = 'CLOSED' AND (outcome IS NULL OR outcome NOT IN ('ANSWERED','ABANDONED','OVERFLOW'))) OR (state <> 'CLOSED' AND outcome IS NOT NULL)`,
  },
];

/** Asks every condition; at most `shown` offending ids each. */
export const createBrokenInvariants =
  (sequelize: Sequelize) =>
  async (shown: number): Promise<readonly TelephonyFinding[]> => {
    const findings: TelephonyFinding[] = [];
    for (const { invariant, note, sql, from } of conditions) {
      const rows = await sequelize.query<{ id: string }>(`SELECT id FROM (${sql}) broken LIMIT ${Math.trunc(shown)}`, { type: QueryTypes.SELECT });
      const [total] = await sequelize.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${from}`, { type: QueryTypes.SELECT });
      findings.push({ invariant, checked: Number(total?.n ?? 0), offending: rows.map((row) => row.id), note });
    }
    return findings;
  };
