import type { OrganizationKind } from '#contracts/vocabulary/organization-kinds';
import { type Actor, DomainError, fail, invalid, missing } from '#kernel';
import { isUniqueViolation } from '#platform';
import { isCreditCode } from '../domain/credit-code';
import { mustBeActive, type Organization, pathBelow } from '../domain/organization';
import type { Regions } from '../domain/regions';
import type { IdentityParts } from '../parts';

export interface NewOrganizationInput {
  readonly parentId: string | null;
  readonly name: string;
  readonly shortName?: string | undefined;
  readonly deptCode?: string | null | undefined;
  readonly regionCode: string;
  readonly kind: OrganizationKind;
  readonly phone?: string | null | undefined;
}

const codeTaken = (): DomainError => new DomainError({ kind: 'conflict', code: 'identity/dept-code-taken', message: '这个统一社会信用代码已属于另一个单位。' });

const checked = (input: NewOrganizationInput, regions: Regions): void => {
  const { deptCode } = input;
  if (deptCode !== undefined && deptCode !== null && !isCreditCode(deptCode)) {
    throw invalid('统一社会信用代码的校验位不对。', [{ path: '/deptCode', code: 'check-character', message: '校验位不对' }]);
  }
  if (regions.find(input.regionCode) === null)
    throw invalid('没有这个区划代码。', [{ path: '/regionCode', code: 'unknown-region', message: '没有这个区划代码' }]);
};

export const createCreateOrganization =
  (parts: IdentityParts, regions: Regions) =>
  async (input: NewOrganizationInput, actor: Actor): Promise<Organization> => {
    parts.policy.require(actor, 'organization.manage');
    checked(input, regions);
    const id = parts.ids.next();
    try {
      return await parts.database.inTransaction(async (work) => {
        const { parentId } = input;
        const parent = parentId === null ? null : mustBeActive((await parts.organizations.find(parentId, work)) ?? fail(missing('organization')));
        const unit: Organization = {
          id,
          parentId,
          path: pathBelow(parent?.path ?? null, id),
          name: input.name,
          shortName: input.shortName ?? input.name,
          deptCode: input.deptCode ?? null,
          regionCode: input.regionCode,
          kind: input.kind,
          phone: input.phone ?? null,
          active: true,
          successorId: null,
          version: 1,
        };
        await parts.organizations.insertAll([unit], work);
        work.created(id);
        work.audit({ actor, action: 'organization.create', objectType: 'organization', objectId: id, result: 'done', detail: { parentId, kind: unit.kind } });
        work.announce({ name: 'organization.created', payload: { organizationId: id }, rooms: [] });
        return unit;
      });
    } catch (error) {
      throw isUniqueViolation(error) ? codeTaken() : error;
    }
  };
