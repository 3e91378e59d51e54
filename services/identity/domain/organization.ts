import type { OrganizationKind } from '#contracts/vocabulary/organization-kinds';
import { DomainError, invalid } from '#kernel';

export interface Organization {
  readonly id: string;
  readonly parentId: string | null;
  /** Materialised: `/root/…/own/`. */
  readonly path: string;
  readonly name: string;
  readonly shortName: string;
  /** Unified social credit code, 18 characters. */
  readonly deptCode: string | null;
  readonly regionCode: string;
  readonly kind: OrganizationKind;
  readonly phone: string | null;
  readonly active: boolean;
  /** Who took over what an abolished unit had (security G-4). */
  readonly successorId: string | null;
  readonly version: number;
}

const longestPath = 400;

export const pathBelow = (parentPath: string | null, id: string): string => {
  const path = `${parentPath ?? '/'}${id}/`;
  if (path.length > longestPath) throw invalid('单位层级太深，不能保存。', [], 'identity/tree-too-deep');
  return path;
};

export const notBelowItself = (moved: Organization, parent: Organization | null): void => {
  if (parent?.path.startsWith(moved.path) === true) throw invalid('不能把单位移到它自己或下级单位之下。', [], 'identity/move-into-itself');
};

export const mustBeActive = (unit: Organization): Organization => {
  if (!unit.active) throw new DomainError({ kind: 'conflict', code: 'identity/unit-inactive', message: '这个单位已停用。' });
  return unit;
};
