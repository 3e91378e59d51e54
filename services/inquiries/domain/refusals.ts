import { conversationLifecycle } from '#contracts/lifecycles/conversation.lifecycle';
import type { Decision } from '#contracts/lifecycles/lifecycle';
import { DomainError } from '#kernel';

export const takenByOther = (): DomainError => new DomainError({ kind: 'conflict', code: 'conversation/taken-by-other', message: '已被其他坐席接入。' });

export const conversationClosed = (): DomainError =>
  new DomainError({ kind: 'conflict', code: 'conversation/closed', message: '这次会话已经结束，您写的话还在输入框里；可以重新发起一次。' });

export const notYours = (): DomainError => new DomainError({ kind: 'forbidden', code: 'conversation/not-yours', message: '请先接入会话，再回复或转工单。' });

export const tokenUnknown = (): DomainError =>
  new DomainError({ kind: 'unauthenticated', code: 'conversation/token-unknown', message: '会话凭据无效或已过期，请重新发起会话。' });

export const phoneUnusable = (): DomainError =>
  new DomainError({
    kind: 'invalid',
    code: 'conversation/phone-unusable',
    message: '这个号码打不通，请核对后再填。',
    errors: [{ path: '/phone', code: 'invalid-phone', message: '号码格式不对' }],
  });

export const moveRefused = (decision: Extract<Decision, { ok: false }>, state: keyof typeof conversationLifecycle.states): DomainError => {
  if (decision.why === 'wrong-role') return new DomainError({ kind: 'forbidden', code: 'conversation/wrong-role', message: '您的角色不能进行这项操作。' });
  const message =
    decision.why === 'condition'
      ? decision.unmet.map((guard) => guard.message).join('；')
      : `会话${conversationLifecycle.states[state].label}，不能进行这项操作。`;
  return new DomainError({ kind: 'conflict', code: `conversation/${decision.why}`, message, facts: { state }, unmet: decision.unmet });
};
