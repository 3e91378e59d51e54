import { createHash } from 'node:crypto';
import type { GuideContent, GuideHead } from '../../contracts';
import type { GuideRecord, GuideVersion } from '../../store/knowledge-store';

export interface GuideText {
  readonly head: GuideHead;
  readonly content: GuideContent;
}

/** Two texts with one hash say the same; a second import of a file changes nothing by it. */
export const hashOf = ({ head, content }: GuideText): string =>
  createHash('sha256')
    .update(JSON.stringify([head, content]))
    .digest('hex');

const columnsOf = ({ head, content }: GuideText) => ({ externalId: head.externalId, itemId: head.itemId, regionCode: head.regionCode, name: content.name });

export const newDraft = (id: string, text: GuideText, draftedBy: string, at: number): GuideRecord => ({
  id,
  ...columnsOf(text),
  status: 'DRAFT',
  currentVersion: 0,
  contentHash: null,
  draft: text,
  draftStatus: 'DRAFT',
  draftedBy,
  verifiedAt: text.head.verifiedAt,
  verifiedBy: text.head.verifiedBy,
  revision: 1,
  updatedAt: at,
});

export interface Publication {
  readonly text: GuideText;
  readonly draftedBy: string;
  readonly publishedBy: string;
  readonly versionId: string;
  readonly at: number;
}

/** The guide after publishing, and the version that says so. */
export const published = (
  guide: GuideRecord,
  { text, draftedBy, publishedBy, versionId, at }: Publication,
): { readonly guide: GuideRecord; readonly version: GuideVersion } => {
  const number = guide.currentVersion + 1;
  return {
    guide: {
      ...guide,
      ...columnsOf(text),
      status: 'PUBLISHED',
      currentVersion: number,
      contentHash: hashOf(text),
      draft: null,
      draftStatus: null,
      draftedBy: null,
      verifiedAt: text.head.verifiedAt ?? guide.verifiedAt,
      verifiedBy: text.head.verifiedBy ?? guide.verifiedBy,
      updatedAt: at,
    },
    version: { id: versionId, guideId: guide.id, version: number, ...text, draftedBy, publishedBy, publishedAt: at },
  };
};

export const publishedFact = (guide: GuideRecord) => ({
  name: 'guide.published',
  payload: { guideId: guide.id, version: guide.currentVersion, itemId: guide.itemId },
  rooms: ['knowledge'],
});
