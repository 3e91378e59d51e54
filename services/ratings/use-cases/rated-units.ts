import type { RatingIntake } from '../domain/rating-intake';

/** The unit that a rating is about, as the identity module knows it. */
export interface RatedUnit {
  readonly id: string;
  readonly path: string;
  readonly isActive: boolean;
  /** The rated clerk's account, where the name in `proManager` is that of exactly one person of the unit. */
  readonly clerkId: string | null;
}

/** What the intake asks about organisations; filled by the composition root. */
export interface UnitDirectory {
  unitByDeptCode(deptCode: string): Promise<{ readonly id: string; readonly path: string; readonly isActive: boolean } | null>;
  clerkOf?(orgId: string, name: string): Promise<string | null>;
}

/** Looks each code and each clerk up once per batch. */
export const createUnitLookup = (directory: UnitDirectory) => {
  const units = new Map<string, ReturnType<UnitDirectory['unitByDeptCode']>>();
  const clerks = new Map<string, Promise<string | null>>();
  const once = <T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> => {
    const answer = known.get(key) ?? ask();
    known.set(key, answer);
    return answer;
  };
  return async (rating: Pick<RatingIntake, 'deptCode' | 'proManager'>): Promise<RatedUnit | null> => {
    const unit = await once(units, rating.deptCode, () => directory.unitByDeptCode(rating.deptCode));
    if (unit === null) return null;
    const { proManager } = rating;
    const clerkId =
      proManager === null ? null : await once(clerks, `${unit.id}\n${proManager}`, async () => (await directory.clerkOf?.(unit.id, proManager)) ?? null);
    return { ...unit, clerkId };
  };
};
