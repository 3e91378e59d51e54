import { type Role, roleLabels } from '#contracts/vocabulary/roles';
import { DomainError, invalid } from '#kernel';

export interface Staff {
  readonly id: string;
  readonly loginName: string;
  readonly name: string;
  readonly orgId: string;
  readonly workNo: string | null;
  readonly active: boolean;
  readonly roles: readonly Role[];
  readonly version: number;
}

/** Roles that one person may not hold together (rules §2, §11.7); the database has a unique key of the same meaning. */
const oversight: ReadonlySet<Role> = new Set<Role>(['AUDITOR', 'ADMIN']);

/** The value that two separated roles of one person would share. */
export const separationOf = (role: Role): string | null => (oversight.has(role) ? 'OVERSIGHT' : null);

export const rolesTogether = (roles: readonly Role[]): readonly Role[] => {
  const held = [...new Set(roles)].sort();
  const apart = held.filter((role) => oversight.has(role));
  if (apart.length > 1) {
    const names = apart.map((role) => roleLabels[role]).join('、');
    throw invalid(`${names}不得由同一人担任。`, [{ path: '/roles', code: 'roles-apart', message: `${names}不得由同一人担任` }], 'identity/roles-apart');
  }
  return held;
};

/** Names are typed in any case and never differ by case alone. */
export const normalizeLoginName = (typed: string): string => typed.trim().toLowerCase();

/** Nobody can lock out or promote themselves; another administrator does it. */
export const notOneself = (actorId: string, staffId: string): void => {
  if (actorId === staffId)
    throw new DomainError({ kind: 'conflict', code: 'identity/own-account', message: '不能对自己的账号做这项操作，请由另一位管理员办理。' });
};
