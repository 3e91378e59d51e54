import { type Actor, DomainError, fail, hasRole, missing } from '#kernel';
import type { CaseTools } from './deps';
import { findVisible } from './move-case';

export interface RevealRequest {
  readonly field: 'name' | 'phone';
  readonly reason: string;
}

/** rules §11.2: whoever has to ring the rater sees the number, for a reason, on record; others do not. */
export const createRevealRater =
  (tools: CaseTools) =>
  async (id: string, request: RevealRequest, actor: Actor): Promise<string> => {
    tools.policy.require(actor, 'personalData.reveal');
    const row = await findVisible(tools, id, { actor });
    const isTheirTurn =
      row.state === 'PENDING_CALLBACK' ? hasRole(actor, 'CALLBACK_AGENT', 'RATING_SUPERVISOR') : hasRole(actor, 'HANDLER', 'RATING_SUPERVISOR');
    if (!isTheirTurn || !row.isRealName) {
      throw new DomainError({ kind: 'forbidden', code: 'rectification/reveal-refused', message: '当前环节不由您联系评价人，或评价人未留下身份。' });
    }
    const identity = await tools.ratings.identityOf(row);
    const value = identity?.[request.field] ?? fail(missing('resource'));
    // On record before anything is shown.
    await tools.database.inTransaction((work) => {
      work.audit({
        actor,
        action: 'rectification.revealRater',
        objectType: 'rectification',
        objectId: id,
        purpose: request.reason,
        result: 'done',
        detail: { field: request.field },
      });
      return Promise.resolve();
    });
    return value;
  };
