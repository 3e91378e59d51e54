import type { RectificationItem, RectificationQuery } from '#contracts/api/rectification';
import { movesOf, type Move, type Performer } from '#contracts/lifecycles/lifecycle';
import { outcomeLabels, rectificationLifecycle } from '#contracts/lifecycles/rectification.lifecycle';
import { type RatingChannel, ratingChannels } from '#contracts/vocabulary/rating-channels';
import { type Satisfaction, satisfactionLevels } from '#contracts/vocabulary/satisfaction';
import { regionPrefix } from '#identity';
import { type Actor, decodeCursor, fail, missing, type Page, shanghaiDay, startOfShanghaiDay, toPage, toShanghaiIso } from '#kernel';
import type { RatingSummary } from '#ratings';
import { factsAbout } from '../domain/facts-about';
import type { CaseSnapshot, Rectification } from '../domain/rectification';
import { neverDue } from '../store/case-where';
import type { CaseFilter } from '../store/rectification-store';
import type { CaseTools } from '../use-cases/deps';
import { readSnapshots } from '../use-cases/read-snapshot';

export const iso = (millis: number): string => toShanghaiIso(new Date(millis));
export const isoOrNull = (millis: number | null): string | null => (millis === null ? null : iso(millis));

const performersOf = (actor: Actor): readonly Performer[] => (actor.kind === 'staff' ? actor.roles : []);

/** The buttons of a person on a case, each with its reasons (style.md §3). */
export const movesFor = (tools: CaseTools, snapshot: CaseSnapshot, actor: Actor): readonly Move[] => {
  if (!tools.policy.allows(actor, 'rectification.move')) return [];
  const terms = tools.termsOf(snapshot.row.regionCode);
  const facts = factsAbout(snapshot, { actor, input: {}, now: tools.clock.now().getTime(), terms, unitIsActive: true });
  return movesOf(rectificationLifecycle, { state: snapshot.row.state }, { performers: performersOf(actor), facts });
};

export const toMoveViews = (moves: readonly Move[]): RectificationItem['moves'] =>
  moves.map((move) => ({ ...move, unmet: move.unmet.map((guard) => ({ ...guard })), needs: [...move.needs], takes: [...move.takes] }));

export interface ItemParts {
  readonly ratings: readonly RatingSummary[];
  readonly organizationName: string | null;
  readonly contactAttempts: number;
  readonly hasDraft: boolean;
  readonly moves: readonly Move[];
}

/** Overdue is computed, never stored; a case that is closed is late or not, but no longer overdue. */
const isOverdue = (row: Rectification, now: number): boolean => row.currentDueAt !== null && now > row.currentDueAt;

const wordsFor = (row: Rectification) => ({
  stateLabel: rectificationLifecycle.states[row.state].label,
  level: row.level as Satisfaction,
  levelLabel: satisfactionLevels[row.level as Satisfaction].label,
  channel: row.channel as RatingChannel,
  channelLabel: ratingChannels[row.channel as RatingChannel].label,
  outcome: row.outcome,
  outcomeLabel: row.outcome === null ? null : outcomeLabels[row.outcome],
});

const timesOf = (row: Rectification) => ({
  openedAt: iso(row.openedAt),
  ratedAt: iso(row.ratedAt),
  dueAt: isoOrNull(row.currentDueAt),
  rectifyDueAt: iso(row.rectifyDueAt),
  firstDueAt: iso(row.rectifyFirstDueAt),
  closedAt: isoOrNull(row.closedAt),
});

export const toItem = (tools: CaseTools, row: Rectification, parts: ItemParts): RectificationItem => {
  const now = tools.clock.now();
  const rater = parts.ratings.findLast((rating) => rating.isRealName)?.rater;
  return {
    id: row.id,
    caseNo: row.caseNo,
    version: row.version,
    state: row.state,
    ...wordsFor(row),
    round: row.round,
    taskCode: row.taskCode,
    taskName: row.taskName,
    regionCode: row.regionCode,
    windowName: row.windowName,
    organization: row.orgId === null ? null : { id: row.orgId, name: parts.organizationName ?? row.orgId },
    isRealName: row.isRealName,
    rater: { name: rater?.name ?? null, phone: rater?.phone ?? null },
    ...timesOf(row),
    isOverdue: isOverdue(row, now.getTime()),
    isPaused: row.pausedAt !== null,
    workingDaysLeft: row.currentDueAt === null ? null : tools.calendar.workingDaysLeft(now, new Date(row.currentDueAt), row.regionCode),
    contactAttempts: parts.contactAttempts,
    hasDraft: parts.hasDraft,
    closedDissatisfied: row.closedDissatisfied,
    moves: toMoveViews(parts.moves),
  };
};

const endOfToday = (now: Date): number => startOfShanghaiDay(shanghaiDay(now)).getTime() + 86_400_000;

const filterOf = async (tools: CaseTools, query: RectificationQuery): Promise<CaseFilter> => {
  const now = tools.clock.now();
  return {
    states: query.state,
    orgPath: query.org === undefined ? undefined : ((await tools.organizations.pathOf(query.org)) ?? fail(missing('organization'))),
    regionPrefix: query.region === undefined ? undefined : regionPrefix(query.region),
    level: query.level,
    channel: query.channel,
    isRealName: query.realName,
    overdueAt: query.overdue === true ? now.getTime() : undefined,
    dueBefore: query.dueToday === true ? endOfToday(now) : undefined,
    ratingId: query.ratingId,
    q: query.q,
  };
};

const positionOf = (cursor: string | undefined): readonly [number, string] | null => {
  const key = decodeCursor(cursor, 2);
  return key === null ? null : [Number(key[0]), String(key[1])];
};

/** Rows with all that belongs beside them, in a fixed number of queries for the page. */
const present = async (tools: CaseTools, rows: readonly Rectification[], actor: Actor): Promise<readonly RectificationItem[]> => {
  const ratings = await tools.ratings.ofServices(rows);
  const names = await tools.organizations.namesOf(rows.flatMap((row) => (row.orgId === null ? [] : [row.orgId])));
  const snapshots = await readSnapshots(tools, rows);
  return snapshots.map((snapshot, index) =>
    toItem(tools, snapshot.row, {
      ratings: ratings[index] ?? [],
      organizationName: names.get(snapshot.row.orgId ?? '') ?? null,
      contactAttempts: snapshot.contacts.length,
      hasDraft: Object.keys(snapshot.draft).length > 0,
      moves: movesFor(tools, snapshot, actor),
    }),
  );
};

export const createListCases =
  (tools: CaseTools) =>
  async (query: RectificationQuery, actor: Actor): Promise<Page<RectificationItem>> => {
    tools.policy.require(actor, 'rectification.read');
    const rows = await tools.store.list({
      scope: tools.policy.scope(actor, 'rectification'),
      filter: await filterOf(tools, query),
      sortBy: query.sort,
      limit: query.limit,
      after: positionOf(query.cursor),
    });
    const page = toPage(rows, query.limit, (row) => [query.sort === 'newest' ? row.openedAt : (row.currentDueAt ?? neverDue), row.id]);
    return { items: await present(tools, page.items, actor), nextCursor: page.nextCursor };
  };
