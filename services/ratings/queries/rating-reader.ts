import { findTag, guideTags, isV1Tag } from '#contracts/vocabulary/rating-tags';
import type { Satisfaction } from '#contracts/vocabulary/satisfaction';
import { maskCertificate, maskName, maskPhone, maskText } from '#kernel';
import type { Database, FieldCrypto } from '#platform';
import { serviceKeyOf } from '../domain/rating-intake';
import type { RatingRow } from '../store/rating-store';
import { createSequelizeRatingStore } from '../store/sequelize-rating-store';

export interface ReadTag {
  readonly code: string;
  readonly label: string;
  readonly pointsAtGuide: boolean;
}

/** What other modules and screens may know of the person: masked on the server (rules §11.2). */
export interface MaskedRater {
  readonly name: string | null;
  readonly phone: string | null;
  readonly certNo: string | null;
}

export interface RatingSummary {
  readonly id: string;
  readonly assessNumber: number;
  readonly level: Satisfaction;
  readonly channel: string;
  readonly tags: readonly ReadTag[];
  readonly words: string | null;
  readonly rater: MaskedRater;
  readonly isRealName: boolean;
  readonly isDefault: boolean;
  readonly windowName: string | null;
  readonly clerkName: string | null;
  readonly assessAt: Date;
  readonly acceptAt: Date;
  readonly receivedAt: Date;
}

export interface ServiceKey {
  readonly sourceSystem: string;
  readonly projectNo: string;
  readonly serviceNumber: number;
}

export interface BadRatingKey extends ServiceKey {
  readonly id: string;
}

/** What the rectification module asks about ratings. */
export interface RatingReader {
  /** First and follow-up rating of each service, in order of the services. */
  ofServices(services: readonly ServiceKey[]): Promise<readonly (readonly RatingSummary[])[]>;
  /** In the clear, of the last rating that names somebody; the caller has asked for right and reason and writes the audit entry. */
  identityOf(service: ServiceKey): Promise<{ readonly name: string | null; readonly phone: string | null } | null>;
  /** For the verifier: stored bad ratings, and bad ones set aside as conflicts, in the order of their ids. */
  badAfter(id: string, limit: number): Promise<readonly BadRatingKey[]>;
  badQuarantinedAfter(id: string, limit: number): Promise<readonly BadRatingKey[]>;
}

export const readTags = (tags: string): readonly ReadTag[] =>
  tags
    .split(',')
    .filter((code) => code !== '')
    .map((code) => ({ code, label: findTag(code)?.label ?? (isV1Tag(code) ? '旧版标签' : code), pointsAtGuide: guideTags.includes(code) }));

const opened = (crypto: FieldCrypto, sealed: string | null): string | null => (sealed === null || sealed === '' ? null : crypto.open(sealed));

const masked = (value: string | null, mask: (plain: string) => string): string | null => (value === null ? null : mask(value));

export const maskedRater = (row: RatingRow, crypto: FieldCrypto): MaskedRater => ({
  name: masked(opened(crypto, row.nameSealed), maskName),
  phone: masked(opened(crypto, row.phoneSealed), maskPhone),
  certNo: masked(opened(crypto, row.certSealed), maskCertificate),
});

export const toSummary = (row: RatingRow, crypto: FieldCrypto): RatingSummary => ({
  id: row.id,
  assessNumber: row.assessNumber,
  level: row.level,
  channel: row.channel,
  tags: readTags(row.tags),
  words: masked(opened(crypto, row.wordsSealed), maskText),
  rater: maskedRater(row, crypto),
  isRealName: row.isRealName,
  isDefault: row.isDefault,
  windowName: row.windowName,
  clerkName: opened(crypto, row.clerkSealed),
  assessAt: new Date(row.assessAt),
  acceptAt: new Date(row.acceptAt),
  receivedAt: new Date(row.receivedAt),
});

export const createRatingReader = ({ database, crypto }: { readonly database: Database; readonly crypto: FieldCrypto }): RatingReader => {
  const store = createSequelizeRatingStore(database);
  return {
    ofServices: async (services) => {
      if (services.length === 0) return [];
      const rows = await store.ofProjects([...new Set(services.map((service) => service.projectNo))]);
      return services.map((service) => rows.filter((row) => serviceKeyOf(row) === serviceKeyOf(service)).map((row) => toSummary(row, crypto)));
    },
    identityOf: async (service) => {
      const rows = (await store.ofProjects([service.projectNo])).filter((row) => serviceKeyOf(row) === serviceKeyOf(service));
      const row = rows.findLast((entry) => entry.isRealName);
      return row === undefined ? null : { name: opened(crypto, row.nameSealed), phone: opened(crypto, row.phoneSealed) };
    },
    badAfter: (id, limit) => store.badAfter(id, limit),
    badQuarantinedAfter: (id, limit) => store.badQuarantinedAfter(id, limit),
  };
};
