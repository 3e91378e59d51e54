import type { RatingIntake } from '../domain/rating-intake';

/** The unit that a rating is about, as the identity module knows it. */
export interface RatedUnit {
  readonly id: string;
  readonly path: string;
  /** The rated clerk's account, where `proManager` names exactly one person of the unit. */
  readonly clerkId: string | null;
}

interface Unit {
  readonly id: string;
  readonly path: string;
}

/** What the intake asks of the identity module. */
export interface UnitDirectory {
  /** Units that answer for these codes today, abolished ones followed to their successors (security G-4). */
  byDeptCodes(codes: readonly string[]): Promise<ReadonlyMap<string, Unit>>;
  pathOf(id: string): Promise<string | null>;
}

export interface ClerkDirectory {
  findClerk(hint: { readonly orgId: string; readonly name: string; readonly workNo: string }): Promise<{ readonly id: string } | null>;
}

export interface UnitDeps {
  readonly organizations: UnitDirectory;
  readonly staff: ClerkDirectory;
}

type Rated = Pick<RatingIntake, 'deptCode' | 'proManager'>;

/** Looks each code and each clerk up once per batch, before the transaction. */
export const createUnitLookup =
  ({ organizations, staff }: UnitDeps) =>
  async (ratings: readonly Rated[]): Promise<(rating: Rated) => RatedUnit | null> => {
    const units = await organizations.byDeptCodes([...new Set(ratings.map((rating) => rating.deptCode))]);
    const clerks = new Map<string, string | null>();
    for (const { deptCode, proManager } of ratings) {
      const unit = units.get(deptCode);
      const key = `${deptCode}\n${proManager}`;
      if (unit === undefined || proManager === null || clerks.has(key)) continue;
      // Senders put a name or a work number there.
      clerks.set(key, (await staff.findClerk({ orgId: unit.id, name: proManager, workNo: proManager }))?.id ?? null);
    }
    return ({ deptCode, proManager }) => {
      const unit = units.get(deptCode);
      return unit === undefined ? null : { id: unit.id, path: unit.path, clerkId: clerks.get(`${deptCode}\n${proManager}`) ?? null };
    };
  };
