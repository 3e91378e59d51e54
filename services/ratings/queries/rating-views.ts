import { type QuarantineView, quarantineReasons, type RatingQuery, type RatingView } from '#contracts/api/ratings';
import { ratingChannels } from '#contracts/vocabulary/rating-channels';
import { satisfactionLevels } from '#contracts/vocabulary/satisfaction';
import type { Policy } from '#identity';
import { regionPrefix } from '#identity';
import { type Actor, decodeCursor, fail, maskText, matches, missing, type Page, startOfShanghaiDay, toPage, toShanghaiIso } from '#kernel';
import type { FieldCrypto } from '#platform';
import type { QuarantineRow, RatingRow, RatingStore } from '../store/rating-store';
import { maskedRater, readTags } from './rating-reader';

export interface RatingViewDeps {
  readonly store: RatingStore;
  readonly crypto: FieldCrypto;
  readonly policy: Policy;
  readonly organizationPath: (orgId: string) => Promise<string | null>;
}

const iso = (millis: number): string => toShanghaiIso(new Date(millis));
const openedOrNull = (crypto: FieldCrypto, sealed: string | null): string | null => (sealed === null || sealed === '' ? null : crypto.open(sealed));

/** rules §7: counts when it was audited, is no default, and no appeal excluded it. */
const isEffective = (row: RatingRow, isExcluded: boolean): boolean => !row.isDefault && !isExcluded;

const toView = (row: RatingRow, crypto: FieldCrypto, isExcluded: boolean): RatingView => ({
  id: row.id,
  sourceSystem: row.sourceSystem,
  projectNo: row.projectNo,
  serviceNumber: row.serviceNumber,
  assessNumber: row.assessNumber,
  satisfaction: row.level,
  satisfactionLabel: satisfactionLevels[row.level].label,
  channel: row.channel,
  channelLabel: ratingChannels[row.channel].label,
  caseType: row.caseType,
  proStatus: row.proStatus,
  taskCode: row.taskCode,
  taskHandleItem: row.taskHandleItem,
  taskName: row.taskName,
  deptCode: row.deptCode,
  areaCode: row.areaCode,
  orgId: row.orgId,
  assessTime: iso(row.assessAt),
  acceptDate: iso(row.acceptAt),
  receivedAt: iso(row.receivedAt),
  tags: [...readTags(row.tags)],
  // People write numbers into their words; the row keeps them, the screen does not show them.
  writingEvaluation: row.wordsSealed === null || row.wordsSealed === '' ? null : maskText(crypto.open(row.wordsSealed)),
  windowName: row.windowName,
  proManager: openedOrNull(crypto, row.clerkSealed),
  rater: maskedRater(row, crypto),
  isAnonymous: row.isAnonymous,
  isRealName: row.isRealName,
  isDefault: row.isDefault,
  isBad: row.isBad,
  auditStatus: isExcluded ? 'NOT_ADOPTED' : 'PASSED',
  isEffective: isEffective(row, isExcluded),
  rectificationId: row.rectificationId,
});

const toQuarantineView = (row: QuarantineRow): QuarantineView => ({
  id: row.id,
  reason: row.reason,
  reasonLabel: quarantineReasons[row.reason],
  sourceSystem: row.sourceSystem,
  projectNo: row.projectNo,
  serviceNumber: row.serviceNumber,
  assessNumber: row.assessNumber,
  satisfaction: row.level,
  channel: row.channel,
  taskName: row.taskName,
  deptCode: row.deptCode,
  isBad: row.isBad,
  ratingId: row.ratingId,
  rectificationId: row.rectificationId,
  resolution: row.resolution,
  at: iso(row.at),
});

const dayMs = 86_400_000;

const positionOf = (cursor: string | undefined): readonly [number, string] | null => {
  const key = decodeCursor(cursor, 2);
  return key === null ? null : [Number(key[0]), String(key[1])];
};

const startOf = (day: string | undefined): number | undefined => (day === undefined ? undefined : startOfShanghaiDay(day).getTime());

export const createRatingViews = ({ store, crypto, policy, organizationPath }: RatingViewDeps) => {
  const list = async (query: RatingQuery, actor: Actor): Promise<Page<RatingView>> => {
    policy.require(actor, 'rating.read');
    const to = startOf(query.to);
    const rows = await store.list({
      scope: policy.scope(actor, 'rating'),
      limit: query.limit,
      after: positionOf(query.cursor),
      filter: {
        level: query.level,
        channel: query.channel,
        orgPath: query.org === undefined ? undefined : ((await organizationPath(query.org)) ?? fail(missing('organization'))),
        regionPrefix: query.region === undefined ? undefined : regionPrefix(query.region),
        from: startOf(query.from),
        to: to === undefined ? undefined : to + dayMs,
        isRealName: query.realName,
        isBad: query.bad,
        q: query.q,
      },
    });
    const excluded = await store.excludedOf(rows.map((row) => row.id));
    const page = toPage(rows, query.limit, (row) => [row.receivedAt, row.id]);
    return { items: page.items.map((row) => toView(row, crypto, excluded.has(row.id))), nextCursor: page.nextCursor };
  };

  const get = async (id: string, actor: Actor): Promise<RatingView> => {
    policy.require(actor, 'rating.read');
    const row = await store.find(id);
    if (row === null || !matches(policy.scope(actor, 'rating'), row)) throw missing('rating');
    return toView(row, crypto, (await store.excludedOf([id])).has(id));
  };

  const listQuarantined = async (query: { readonly limit: number; readonly cursor?: string | undefined }, actor: Actor): Promise<Page<QuarantineView>> => {
    policy.require(actor, 'quarantine.read');
    const rows = await store.listQuarantined({ scope: policy.scope(actor, 'quarantine'), limit: query.limit, after: positionOf(query.cursor) });
    const page = toPage(rows, query.limit, (row) => [row.at, row.id]);
    return { items: page.items.map(toQuarantineView), nextCursor: page.nextCursor };
  };

  return { list, get, listQuarantined };
};
