import type { GuideView } from '../../contracts';
import type { CorrectionStore } from '../../store/correction-store';
import type { GuideRecord, GuideVersion, KnowledgeStore } from '../../store/knowledge-store';
import { diffGuides, type GuideChange } from '../diff-guides';
import { guideMissing } from '../knowledge-error';
import { dayOf, shanghaiInstant, statusOn } from '../validity';

const viewOf = (guide: GuideRecord, version: GuideVersion, day: string): Omit<GuideView, 'underCorrection'> => {
  const isCurrent = version.version === guide.currentVersion;
  const head = isCurrent ? { ...version.head, verifiedAt: guide.verifiedAt, verifiedBy: guide.verifiedBy } : version.head;
  return {
    id: guide.id,
    version: version.version,
    currentVersion: guide.currentVersion,
    status: statusOn(guide.status, head, day),
    head,
    content: version.content,
    publishedAt: shanghaiInstant(version.publishedAt),
    publishedBy: version.publishedBy,
    revision: guide.revision,
  };
};

/** A published guide, the newest version or the one a ticket cites. */
export const createGetGuide =
  (store: KnowledgeStore, corrections: CorrectionStore, clock: { now(): Date }) =>
  async (id: string, version?: number): Promise<GuideView> => {
    const guide = await store.find(id);
    const found = guide === null || guide.currentVersion === 0 ? null : await store.version(id, version ?? guide.currentVersion);
    if (guide === null || found === null) throw guideMissing();
    return { ...viewOf(guide, found, dayOf(clock.now())), underCorrection: (await corrections.openGuides([id])).has(id) };
  };

export interface VersionSummary {
  readonly version: number;
  readonly publishedAt: string;
  readonly publishedBy: string;
  /** Against the version before; empty for the first. */
  readonly changes: readonly GuideChange[];
}

export const createListVersions =
  (store: KnowledgeStore) =>
  async (id: string): Promise<readonly VersionSummary[]> => {
    const versions = await store.versions(id);
    return versions.map((version, index) => {
      const before = versions[index + 1];
      return {
        version: version.version,
        publishedAt: shanghaiInstant(version.publishedAt),
        publishedBy: version.publishedBy,
        changes: before === undefined ? [] : diffGuides(before.content, version.content),
      };
    });
  };

/** A draft for its editors and reviewers. */
export const createGetDraft =
  (store: KnowledgeStore) =>
  async (id: string): Promise<GuideRecord> => {
    const guide = await store.find(id);
    if (guide === null) throw guideMissing();
    return guide;
  };
