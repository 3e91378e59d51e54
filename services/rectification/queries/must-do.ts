import type { MustDo } from '#contracts/api/rectification';
import { type Actor, shanghaiDay, startOfShanghaiDay } from '#kernel';
import type { CaseFilter } from '../store/rectification-store';
import type { CaseTools } from '../use-cases/deps';

const openStates = ['PENDING_ASSIGN', 'PENDING_VERIFY', 'RECTIFYING', 'PENDING_REVIEW', 'PENDING_CALLBACK', 'APPEALING'];
const deskStates = ['PENDING_VERIFY', 'RECTIFYING'];

/** How much of what waits, counted under the same scope as the lists (security I-14). */
export const createMustDo =
  (tools: CaseTools) =>
  async (actor: Actor): Promise<MustDo> => {
    tools.policy.require(actor, 'rectification.read');
    const now = tools.clock.now();
    const endOfToday = startOfShanghaiDay(shanghaiDay(now)).getTime() + 86_400_000;
    const scope = tools.policy.scope(actor, 'rectification');
    const count = (filter: CaseFilter): Promise<number> => tools.store.count(scope, filter);
    const overdue = await count({ states: openStates, overdueAt: now.getTime() });
    const untilTonight = await count({ states: openStates, dueBefore: endOfToday });
    return {
      overdue,
      dueToday: untilTonight - overdue,
      toAssign: await count({ states: ['PENDING_ASSIGN'] }),
      toVerify: await count({ states: ['PENDING_VERIFY'] }),
      toRectify: await count({ states: ['RECTIFYING'] }),
      sentBack: await count({ states: deskStates, sentBack: true }),
      toReview: await count({ states: ['PENDING_REVIEW'] }),
      toCallBack: await count({ states: ['PENDING_CALLBACK'] }),
      appealing: await count({ states: ['APPEALING'] }),
    };
  };
