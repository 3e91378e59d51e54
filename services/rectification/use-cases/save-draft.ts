import { type Actor, DomainError, forbidden, hasRole } from '#kernel';
import type { CaseForm } from '../domain/rectification';
import { announceCase } from './case-facts';
import type { CaseTools } from './deps';
import { findVisible } from './move-case';

export interface SavedDraft {
  readonly draftVersion: number;
  readonly savedAt: Date;
}

/** What the department types is kept on the server as it is typed; it moves nothing and opens no version (product.md §5.2). */
export const createSaveDraft =
  (tools: CaseTools) =>
  (id: string, form: CaseForm, actor: Actor): Promise<SavedDraft> =>
    tools.database.inTransaction(async (work) => {
      tools.policy.require(actor, 'rectification.move');
      const row = await findVisible(tools, id, { actor, work });
      const isOfUnit = actor.kind === 'staff' && row.orgPath !== null && actor.orgPath.startsWith(row.orgPath);
      if (!hasRole(actor, 'HANDLER', 'ORG_APPROVER') || !isOfUnit) throw forbidden('草稿由责任单位填写。');
      if (row.state !== 'PENDING_VERIFY' && row.state !== 'RECTIFYING') {
        throw new DomainError({ kind: 'conflict', code: 'rectification/wrong-state', message: '只有待核实、整改中的整改单可以保存草稿。' });
      }
      const draftVersion = ((await tools.store.draftsOf([id], work))[0]?.draftVersion ?? 0) + 1;
      const content = tools.crypto.seal(JSON.stringify(form));
      await tools.store.saveDraft({ rectificationId: id, content, savedBy: actor.id, savedAt: work.now.getTime(), draftVersion }, work);
      announceCase(work, row, { name: 'rectification.draftSaved', payload: { by: actor.id, draftVersion } });
      return { draftVersion, savedAt: work.now };
    });
