import { systemActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Conversation } from '../domain/conversation';
import type { UseCaseDeps } from './deps';
import { transition } from './transition';
import { notice, writeLine } from './write-line';

const minutes = (count: number): number => count * 60_000;

/** design-channels 4.2: after 5 silent minutes we ask, after 5 more we close; a citizen whom nobody answers goes back to the queue. */
const policy = { askAfter: minutes(5), closeAfter: minutes(10), unansweredAfter: minutes(10), abandonAfter: minutes(24 * 60), batch: 100 };

const treatActive = async (deps: UseCaseDeps, found: Conversation, work: UnitOfWork): Promise<boolean> => {
  const silentFor = work.now.getTime() - found.lastMessageAt.getTime();
  if (found.unansweredSince !== null) {
    if (work.now.getTime() - found.unansweredSince.getTime() < policy.unansweredAfter) return false;
    await transition(deps, found, { action: 'requeue', actor: systemActor, work, notice: '坐席暂时离开，已为您重新排队，排在前面；前面的话不用重讲。' });
    return true;
  }
  if (found.askedAt === null) {
    await deps.conversations.amend(found.id, { askedAt: work.now }, work);
    await writeLine(deps, found, { line: notice('您还在吗？5 分钟没有新消息，会话会自动结束；写一句就能继续。'), work });
    return true;
  }
  if (silentFor < policy.closeAfter) return false;
  await transition(deps, found, { action: 'expire', actor: systemActor, work, notice: '久无新消息，会话已自动结束。还有事，随时可以重新发起。' });
  return true;
};

const treatWaiting = async (deps: UseCaseDeps, found: Conversation, work: UnitOfWork): Promise<boolean> => {
  await transition(deps, found, {
    action: 'expire',
    actor: systemActor,
    work,
    notice: '排队已超过一天，会话自动结束。您可以留电话让我们回电，或写下问题由我们登记。',
  });
  return true;
};

/** By the clock; answers how many conversations were treated. Each is read again inside its own transaction. */
export const createSweepSilent = (deps: UseCaseDeps) => async (): Promise<number> => {
  const now = deps.clock.now().getTime();
  const active = await deps.conversations.silentSince('ACTIVE', new Date(now - policy.askAfter), policy.batch);
  const waiting = await deps.conversations.silentSince('WAITING', new Date(now - policy.abandonAfter), policy.batch);
  let treated = 0;
  for (const seen of [...active, ...waiting]) {
    const done = await deps.database.inTransaction(async (work) => {
      const found = await deps.conversations.find(seen.id, work);
      if (found === null || found.state !== seen.state || found.lastMessageAt.getTime() !== seen.lastMessageAt.getTime()) return false;
      return found.state === 'ACTIVE' ? treatActive(deps, found, work) : treatWaiting(deps, found, work);
    });
    if (done) treated += 1;
  }
  return treated;
};
