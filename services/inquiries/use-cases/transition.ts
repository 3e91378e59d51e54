import type { ConversationAction } from '#contracts/lifecycles/conversation.lifecycle';
import { type Actor, stale } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Conversation } from '../domain/conversation';
import { decideMove } from '../domain/moves';
import type { Change } from '../store/conversation-store';
import type { UseCaseDeps } from './deps';
import { notice, writeLine } from './write-line';

export interface Transition {
  readonly action: ConversationAction;
  readonly actor: Actor;
  readonly work: UnitOfWork;
  readonly content?: Readonly<Record<string, unknown>>;
  /** What both sides read in the transcript. */
  readonly notice: string;
}

type Announcement = { readonly name: string; readonly payload: Readonly<Record<string, unknown>> };

const closers = { citizen: 'CITIZEN', staff: 'AGENT', client: 'SYSTEM', system: 'SYSTEM' } as const;

const announcementOf = (state: Conversation['state'], actor: Actor): Announcement => {
  if (state === 'ACTIVE') return { name: 'conversation.taken', payload: { agentId: actor.id } };
  if (state === 'WAITING') return { name: 'conversation.released', payload: {} };
  return { name: 'conversation.closed', payload: { by: closers[actor.kind] } };
};

const changeOf = (state: Conversation['state'], found: Conversation, given: Transition): Change => {
  const { actor, work } = given;
  if (state === 'ACTIVE') return { state, agentId: actor.id, agentName: actor.kind === 'staff' ? actor.name : null, takenAt: work.now, waitingSince: null };
  // Back in the queue by its first place: whoever was served once does not wait behind newcomers.
  if (state === 'WAITING') return { state, agentId: null, agentName: null, waitingSince: found.startedAt };
  return { state, closedAt: work.now, waitingSince: null, unansweredSince: null };
};

/** Somebody was faster between our look and our write: the table says what that means now, such as 已被其他坐席接入. */
const explainLoss = async (deps: UseCaseDeps, seen: Conversation, { action, actor, work }: Transition): Promise<never> => {
  const now = await deps.conversations.find(seen.id, work);
  if (now !== null) decideMove(now, action, actor);
  throw stale({ currentVersion: now?.version ?? seen.version + 1, ...(now === null ? {} : { state: now.state }) });
};

/** The one place that writes a conversation's state: judged by the table, written if unchanged, with trail, fact and notice. */
export const transition = async (deps: UseCaseDeps, found: Conversation, given: Transition): Promise<void> => {
  const { action, actor, work } = given;
  const state = decideMove(found, action, actor);
  if (!(await deps.conversations.moveIfUnchanged(found, changeOf(state, found, given), work))) await explainLoss(deps, found, given);
  const version = found.version + 1;
  work.trail({ subject: 'conversation', subjectId: found.id, version, action, from: found.state, to: state, actor, content: given.content ?? {} });
  const { name, payload } = announcementOf(state, actor);
  work.announce({ name, payload: { conversationId: found.id, version, ...payload }, rooms: [`conversation:${found.id}`, 'hotline'] });
  work.afterCommit(() => {
    for (const listener of deps.listeners) listener.changed({ conversationId: found.id, version });
  });
  await writeLine(deps, found, { line: notice(given.notice), work });
};
