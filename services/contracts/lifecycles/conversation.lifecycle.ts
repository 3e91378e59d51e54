import { text } from '../api/text';
import { type ActionOf, defineLifecycle, type GuardOf, NEW, type StateOf } from './lifecycle';

/** A citizen's talk with the hotline on one channel (design-channels 4.2). Waiting is never a dead end: only people or long silence end it. */
export const conversationLifecycle = defineLifecycle({
  name: 'conversation',
  label: '在线会话',
  starts: ['WAITING'],
  states: {
    WAITING: { label: '排队中' },
    ACTIVE: { label: '对话中' },
    CLOSED: { label: '已结束', final: true },
  },
  guards: {
    isOwnOrLead: '仅限接入本会话的坐席或班长',
  },
  fields: {
    summary: { label: '小结', schema: text(1000) },
    note: { label: '交接说明', schema: text(500) },
  },
  rows: [
    { on: 'start', label: '发起', from: [NEW], to: 'WAITING', by: ['CITIZEN'] },
    { on: 'take', label: '接入', from: ['WAITING'], to: 'ACTIVE', by: ['AGENT', 'TEAM_LEAD'] },
    { on: 'release', label: '转回排队', from: ['ACTIVE'], to: 'WAITING', by: ['AGENT', 'TEAM_LEAD'], when: ['isOwnOrLead'], takes: ['note'] },
    { on: 'requeue', label: '坐席离开，重新排队', from: ['ACTIVE'], to: 'WAITING', by: ['SYSTEM'] },
    { on: 'close', label: '结束会话', from: ['ACTIVE'], to: 'CLOSED', by: ['AGENT', 'TEAM_LEAD'], when: ['isOwnOrLead'], needs: ['summary'] },
    { on: 'leave', label: '市民结束', from: ['WAITING', 'ACTIVE'], to: 'CLOSED', by: ['CITIZEN'] },
    { on: 'expire', label: '久无消息，自动结束', from: ['WAITING', 'ACTIVE'], to: 'CLOSED', by: ['SYSTEM'] },
  ],
});

export type ConversationState = StateOf<typeof conversationLifecycle>;
export type ConversationAction = ActionOf<typeof conversationLifecycle>;
export type ConversationGuard = GuardOf<typeof conversationLifecycle>;
