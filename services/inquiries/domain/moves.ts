import { type ConversationAction, type ConversationGuard, conversationLifecycle, type ConversationState } from '#contracts/lifecycles/conversation.lifecycle';
import { type Attempt, decide, type Move, movesOf, type Performer } from '#contracts/lifecycles/lifecycle';
import { type Actor, hasRole } from '#kernel';
import type { Conversation } from './conversation';
import { moveRefused, takenByOther } from './refusals';

const factsAbout = (conversation: Pick<Conversation, 'agentId'>, actor: Actor): Record<ConversationGuard, boolean> => ({
  isOwnOrLead: conversation.agentId === actor.id || hasRole(actor, 'TEAM_LEAD'),
});

const performersOf = (actor: Actor): readonly Performer[] => {
  if (actor.kind === 'staff') return actor.roles;
  if (actor.kind === 'citizen') return ['CITIZEN'];
  return actor.kind === 'system' ? ['SYSTEM'] : [];
};

const attemptOf = (conversation: Pick<Conversation, 'agentId'>, actor: Actor): Pick<Attempt, 'performers' | 'facts'> => ({
  performers: performersOf(actor),
  facts: factsAbout(conversation, actor),
});

/** Answers the new state or throws with the reason in words. */
export const decideMove = (conversation: Pick<Conversation, 'state' | 'agentId'>, action: ConversationAction, actor: Actor): ConversationState => {
  const decision = decide(conversationLifecycle, { state: conversation.state }, { action, ...attemptOf(conversation, actor) });
  if (decision.ok) return decision.to as ConversationState;
  // The one who comes second must learn that somebody is already talking, not that a version is old.
  if (action === 'take' && conversation.state === 'ACTIVE' && conversation.agentId !== actor.id) throw takenByOther();
  throw moveRefused(decision, conversation.state);
};

export const openMoves = (conversation: Pick<Conversation, 'state' | 'agentId'>, actor: Actor): readonly Move[] =>
  movesOf(conversationLifecycle, { state: conversation.state }, attemptOf(conversation, actor));

/** Words of a talk that another agent leads are nobody's business but the lead's (security A-5). */
export const maySeeWords = (conversation: Pick<Conversation, 'state' | 'agentId'>, actor: Actor): boolean =>
  actor.kind === 'system' || conversation.state === 'WAITING' || conversation.agentId === actor.id || hasRole(actor, 'TEAM_LEAD', 'DISPATCHER');
