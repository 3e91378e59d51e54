import type { Sequelize, Transaction } from 'sequelize';
import type { GuideContent, GuideHead, KnowledgeStatus, ServiceItem } from '../contracts';

/** What the host's database gives; its unit of work carries more, of which this module needs the two. */
export interface KnowledgeWork {
  readonly transaction: Transaction;
  announce(fact: { readonly name: string; readonly payload: Readonly<Record<string, unknown>>; readonly rooms: readonly string[] }): void;
}

export interface KnowledgeDatabase {
  readonly sequelize: Sequelize;
  inTransaction<T>(run: (work: KnowledgeWork) => Promise<T>): Promise<T>;
}

export interface GuideRecord {
  readonly id: string;
  readonly externalId: string | null;
  readonly itemId: string | null;
  readonly regionCode: string | null;
  readonly name: string;
  readonly status: KnowledgeStatus;
  readonly currentVersion: number;
  readonly contentHash: string | null;
  readonly draft: { readonly head: GuideHead; readonly content: GuideContent } | null;
  readonly draftStatus: 'DRAFT' | 'PENDING_REVIEW' | null;
  readonly draftedBy: string | null;
  readonly verifiedAt: string | null;
  readonly verifiedBy: string | null;
  readonly revision: number;
  readonly updatedAt: number;
}

export interface GuideVersion {
  readonly id: string;
  readonly guideId: string;
  readonly version: number;
  readonly head: GuideHead;
  readonly content: GuideContent;
  readonly draftedBy: string;
  readonly publishedBy: string;
  readonly publishedAt: number;
}

export interface PublishedGuide {
  readonly guide: GuideRecord;
  readonly version: GuideVersion;
}

export interface KnowledgeStore {
  items(): Promise<readonly ServiceItem[]>;
  saveItems(items: readonly (ServiceItem & { readonly nameKey: string; readonly updatedAt: number })[], work: KnowledgeWork): Promise<void>;

  find(id: string, work?: KnowledgeWork): Promise<GuideRecord | null>;
  findByExternalIds(externalIds: readonly string[], work: KnowledgeWork): Promise<readonly GuideRecord[]>;
  version(guideId: string, version: number): Promise<GuideVersion | null>;
  versions(guideId: string): Promise<readonly GuideVersion[]>;
  /** Published guides in order of id, for the index and for exports. */
  publishedAfter(id: string, limit: number): Promise<readonly PublishedGuide[]>;
  published(ids: readonly string[], work?: KnowledgeWork): Promise<readonly PublishedGuide[]>;
  publishedOfItem(itemId: string, work?: KnowledgeWork): Promise<readonly PublishedGuide[]>;

  insert(guides: readonly GuideRecord[], work: KnowledgeWork): Promise<void>;
  /** False when somebody else changed the guide since it was read. */
  replaceIfUnchanged(guide: GuideRecord, work: KnowledgeWork): Promise<boolean>;
  addVersions(versions: readonly GuideVersion[], work: KnowledgeWork): Promise<void>;
}
