import type { BatchAnswer, QuarantineView, RatingInput, RatingQuery, RatingView } from '#contracts/api/ratings';
import type { Policy } from '#identity';
import type { Actor, Ids, Page } from '#kernel';
import type { ChainSpec, Database, FieldCrypto, Reaction } from '#platform';
import { createRatingViews } from './queries/rating-views';
import { createVerifyRatings, ratingChain, type RatingFinding } from './store/verify-ratings';
import { createExcludeNotAdopted } from './reactions/exclude-not-adopted';
import { createSequelizeRatingStore } from './store/sequelize-rating-store';
import { createGroupCommit } from './use-cases/group-commit';
import { createImportRatings, type ImportRatings } from './use-cases/import-ratings';
import { createPrepare, type PreparedRating } from './use-cases/prepare-rating';
import type { UnitDeps } from './use-cases/rated-units';
import { createReceiveRatings, type Received, rowsPerTransaction } from './use-cases/receive-ratings';
import { createTakeIn, type OpenCases, type Taken } from './use-cases/take-in';

export interface RatingsDeps extends UnitDeps {
  readonly database: Database;
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
  readonly policy: Policy;
  /** `rectification.openCases`: called inside the transaction that stores the ratings (security I-03). */
  readonly openCases: OpenCases;
}

export interface Ratings {
  /** One rating; requests that wait together are committed together. Answers after the COMMIT. */
  receive(input: RatingInput, actor: Actor): Promise<Received>;
  /** Up to 1000 rows as they came, each judged alone. */
  receiveBatch(rows: readonly unknown[], actor: Actor): Promise<BatchAnswer>;
  importRatings: ImportRatings;
  listRatings(query: RatingQuery, actor: Actor): Promise<Page<RatingView>>;
  getRating(id: string, actor: Actor): Promise<RatingView>;
  listQuarantined(query: { readonly limit: number; readonly cursor?: string | undefined }, actor: Actor): Promise<Page<QuarantineView>>;
  readonly reactions: readonly Reaction[];
  readonly chains: readonly ChainSpec[];
  verify(): Promise<readonly RatingFinding[]>;
}

export const createRatings = (deps: RatingsDeps): Ratings => {
  const { database, ids, crypto, policy, organizations, staff, openCases } = deps;
  const store = createSequelizeRatingStore(database);
  const commit = createGroupCommit<PreparedRating, Taken>({
    run: createTakeIn({ database, store, ids, crypto, openCases }),
    maxRows: rowsPerTransaction,
    lanes: database.dialect === 'sqlite' ? 1 : 2,
  });
  const { receive, receiveBatch } = createReceiveRatings({ organizations, staff, prepare: createPrepare(crypto), commit });
  const views = createRatingViews({ store, crypto, policy, organizationPath: (orgId) => organizations.pathOf(orgId) });
  return {
    receive: async (input, actor) => {
      policy.require(actor, 'rating.import');
      return receive(input, actor);
    },
    receiveBatch: async (rows, actor) => {
      policy.require(actor, 'rating.import');
      return receiveBatch(rows, actor);
    },
    importRatings: createImportRatings({ receiveBatch }),
    listRatings: views.list,
    getRating: views.get,
    listQuarantined: views.listQuarantined,
    reactions: [createExcludeNotAdopted({ database, store })],
    chains: [ratingChain(crypto)],
    verify: createVerifyRatings(database),
  };
};

export type { ImportFormat } from './adapters/read-file';
export {
  type BadRatingKey,
  createRatingReader,
  type MaskedRater,
  type RatingReader,
  type RatingSummary,
  type ReadTag,
  type ServiceKey,
} from './queries/rating-reader';
export type { RatingFinding } from './store/verify-ratings';
export type { ImportError, ImportRatings, ImportReport, ImportRequest } from './use-cases/import-ratings';
export type { ClerkDirectory, RatedUnit, UnitDirectory } from './use-cases/rated-units';
export type { Received } from './use-cases/receive-ratings';
export type { BadRating, OpenCases } from './use-cases/take-in';
