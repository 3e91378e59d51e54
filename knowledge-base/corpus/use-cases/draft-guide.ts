import { guideContentSchema, guideHeadSchema, type GuideContentInput, type GuideHeadInput } from '../../contracts';
import type { CorpusTools, KnowledgeActor } from '../deps';
import { faultsOf, refuse } from '../guide-rules';
import { guideChanged, guideMissing, KnowledgeError } from '../knowledge-error';
import { newDraft, type GuideText } from './write-guide';

export interface GuideInput {
  readonly head: GuideHeadInput;
  readonly content: GuideContentInput;
}

/** Checks shape and rules; a fault is told with its field. */
export const readGuide = (input: GuideInput): GuideText => {
  const head = guideHeadSchema.safeParse(input.head);
  const content = guideContentSchema.safeParse(input.content);
  const faults = [
    ...(head.error?.issues ?? []).map((issue) => ({ path: `/head/${issue.path.join('/')}`, code: issue.code, message: issue.message })),
    ...(content.error?.issues ?? []).map((issue) => ({ path: `/content/${issue.path.join('/')}`, code: issue.code, message: issue.message })),
  ];
  if (head.data === undefined || content.data === undefined) {
    throw new KnowledgeError('invalid', 'knowledge/guide-invalid', '指南内容填写不完整或格式有误。', { errors: faults });
  }
  refuse(faultsOf(head.data, content.data));
  return { head: head.data, content: content.data };
};

export const createDraftGuide =
  ({ database, store, ids, clock }: CorpusTools) =>
  (input: GuideInput, actor: KnowledgeActor): Promise<string> => {
    const text = readGuide(input);
    const guide = newDraft(ids.next(), text, actor.id, clock.now().getTime());
    return database.inTransaction(async (work) => {
      await store.insert([guide], work);
      return guide.id;
    });
  };

/** A new text for a guide; a published version stays as it is until the new one is published. */
export const createReviseGuide =
  ({ database, store, clock }: CorpusTools) =>
  (id: string, revision: number, input: GuideInput, actor: KnowledgeActor): Promise<void> => {
    const text = readGuide(input);
    return database.inTransaction(async (work) => {
      const guide = await store.find(id, work);
      if (guide === null) throw guideMissing();
      const changed = { ...guide, revision, draft: text, draftStatus: 'DRAFT' as const, draftedBy: actor.id, updatedAt: clock.now().getTime() };
      if (!(await store.replaceIfUnchanged(changed, work))) throw guideChanged();
    });
  };

export const createSubmitGuide =
  ({ database, store, clock }: CorpusTools) =>
  (id: string, revision: number): Promise<void> =>
    database.inTransaction(async (work) => {
      const guide = await store.find(id, work);
      if (guide === null) throw guideMissing();
      if (guide.draft === null) throw new KnowledgeError('conflict', 'knowledge/nothing-to-review', '这份指南没有待审核的内容。');
      const status = guide.currentVersion === 0 ? ('PENDING_REVIEW' as const) : guide.status;
      const changed = { ...guide, revision, status, draftStatus: 'PENDING_REVIEW' as const, updatedAt: clock.now().getTime() };
      if (!(await store.replaceIfUnchanged(changed, work))) throw guideChanged();
    });
