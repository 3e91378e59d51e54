import type { GuideRecord, KnowledgeStore, KnowledgeWork } from '../../store/knowledge-store';
import type { CorpusTools, KnowledgeActor } from '../deps';
import { publishFaultsOf, refuse } from '../guide-rules';
import { guideChanged, guideMissing, KnowledgeError } from '../knowledge-error';
import { dayOf, isValidOn } from '../validity';
import { published, publishedFact, type GuideText } from './write-guide';

/** rules 9: one item and one place have one valid guide, or the difference is explained. */
const refuseSecondGuide = async (
  guide: GuideRecord,
  { head }: GuideText,
  day: string,
  reader: { readonly store: KnowledgeStore; readonly work: KnowledgeWork },
): Promise<void> => {
  if (head.itemId === null || head.differenceNote !== null) return;
  const others = await reader.store.publishedOfItem(head.itemId, reader.work);
  const twin = others.find((other) => other.guide.id !== guide.id && other.guide.regionCode === head.regionCode && isValidOn(other.version.head, day));
  if (twin !== undefined) {
    throw new KnowledgeError('conflict', 'knowledge/guide-twice', '同一事项在同一办理地已有一份有效指南，请合并，或说明两份的差异。', {
      facts: { guideId: twin.guide.id },
    });
  }
};

export const createPublishGuide =
  ({ database, store, ids, clock, refresh }: CorpusTools) =>
  async (id: string, revision: number, actor: KnowledgeActor): Promise<number> => {
    const number = await database.inTransaction(async (work) => {
      const guide = await store.find(id, work);
      if (guide === null) throw guideMissing();
      if (guide.draft === null || guide.draftStatus !== 'PENDING_REVIEW')
        throw new KnowledgeError('conflict', 'knowledge/nothing-to-review', '这份指南没有待审核的内容。');
      // rules 9: who wrote it does not review it.
      if (guide.draftedBy === actor.id) throw new KnowledgeError('forbidden', 'knowledge/own-work', '起草人不能审核发布自己起草的指南。');
      const text = guide.draft;
      refuse(publishFaultsOf(text.head, text.content));
      const at = clock.now();
      await refuseSecondGuide(guide, text, dayOf(at), { store, work });
      const next = published(
        { ...guide, revision },
        { text, draftedBy: guide.draftedBy ?? '', publishedBy: actor.id, versionId: ids.next(), at: at.getTime() },
      );
      if (!(await store.replaceIfUnchanged(next.guide, work))) throw guideChanged();
      await store.addVersions([next.version], work);
      work.announce(publishedFact(next.guide));
      return next.guide.currentVersion;
    });
    await refresh([id]);
    return number;
  };

/** Takes a guide off the answers; its versions stay readable. */
export const createWithdrawGuide =
  ({ database, store, clock, refresh }: CorpusTools) =>
  async (id: string, revision: number): Promise<void> => {
    await database.inTransaction(async (work) => {
      const guide = await store.find(id, work);
      if (guide === null) throw guideMissing();
      const changed = { ...guide, revision, status: 'OFFLINE' as const, updatedAt: clock.now().getTime() };
      if (!(await store.replaceIfUnchanged(changed, work))) throw guideChanged();
      work.announce({ name: 'guide.withdrawn', payload: { guideId: id, itemId: guide.itemId }, rooms: ['knowledge'] });
    });
    await refresh([id]);
  };

/** The owner looked and found the guide still right: no new version, a new date. */
export const createVerifyGuide =
  ({ database, store, clock }: CorpusTools) =>
  (id: string, revision: number, verifiedBy: string): Promise<void> =>
    database.inTransaction(async (work) => {
      const guide = await store.find(id, work);
      if (guide === null) throw guideMissing();
      const changed = { ...guide, revision, verifiedAt: dayOf(clock.now()), verifiedBy, updatedAt: clock.now().getTime() };
      if (!(await store.replaceIfUnchanged(changed, work))) throw guideChanged();
      work.announce({ name: 'guide.verified', payload: { guideId: id }, rooms: ['knowledge'] });
    });
