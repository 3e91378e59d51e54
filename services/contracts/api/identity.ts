import { z } from 'zod';
import { clientScopes } from '../vocabulary/client-scopes';
import { organizationKinds } from '../vocabulary/organization-kinds';
import { roles } from '../vocabulary/roles';
import { id, instant, pageOf, pageQuery, phone, regionCode, text } from './text';

const role = z.enum(roles);
const kind = z.enum(Object.keys(organizationKinds) as [keyof typeof organizationKinds]);
const flagInQuery = z.enum(['0', '1']).transform((value) => value === '1');
const isoInstant = z.iso.datetime({ offset: true });

/** Passwords are taken as typed: no trimming, no normalising. */
const password = z.string().min(1, { error: '必填' }).max(128, { error: '不能超过 128 位' });
const loginName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/, { error: '登录名由小写字母、数字、点、横线组成，2 至 40 位' });
const workNo = z.string().regex(/^[0-9A-Za-z-]{1,40}$/, { error: '工号由字母、数字、横线组成' });
const deptCode = z.string().regex(/^[0-9A-HJ-NP-RTUW-Y]{18}$/, { error: '统一社会信用代码应为 18 位' });

export const SignInRequest = z.strictObject({ username: z.string().min(1, { error: '必填' }).max(80), password });

/** What the shell of every screen needs to know about the person before it. */
export const SessionAnswer = z.object({
  csrfToken: z.string(),
  expiresAt: isoInstant,
  staff: z.object({
    id: z.string(),
    name: z.string(),
    orgId: z.string(),
    orgName: z.string(),
    orgPath: z.string(),
    regionCode: z.string(),
    regionName: z.string(),
    roles: z.array(role),
    permissions: z.array(z.string()),
  }),
});
export type SessionAnswer = z.infer<typeof SessionAnswer>;

export const ChangeOwnPasswordRequest = z.strictObject({ currentPassword: password, password });

export const StaffAnswer = z.object({
  id: z.string(),
  loginName: z.string(),
  name: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  workNo: z.string().nullable(),
  active: z.boolean(),
  roles: z.array(role),
  version: z.number().int(),
});
export type StaffAnswer = z.infer<typeof StaffAnswer>;
export const StaffPage = pageOf(StaffAnswer);
export const StaffListQuery = z.strictObject({ ...pageQuery, org: id.optional(), role: role.optional(), q: text(60).optional(), all: flagInQuery.optional() });
export const CreateStaffRequest = z.strictObject({
  loginName,
  name: text(60),
  orgId: id,
  workNo: workNo.nullable().optional(),
  roles: z.array(role).min(1, { error: '至少选一个角色' }).max(roles.length),
  password,
});
export const UpdateStaffRequest = z.strictObject({ name: text(60).optional(), orgId: id.optional(), workNo: workNo.nullable().optional() });
export const SetRolesRequest = z.strictObject({ roles: z.array(role).max(roles.length) });
export const ResetPasswordRequest = z.strictObject({ password });

export const OrganizationAnswer = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  path: z.string(),
  name: z.string(),
  shortName: z.string(),
  deptCode: z.string().nullable(),
  regionCode: z.string(),
  regionName: z.string(),
  kind,
  phone: z.string().nullable(),
  active: z.boolean(),
  successorId: z.string().nullable(),
  version: z.number().int(),
});
export type OrganizationAnswer = z.infer<typeof OrganizationAnswer>;
export const OrganizationPage = pageOf(OrganizationAnswer);
export const OrganizationListQuery = z.strictObject({
  ...pageQuery,
  region: regionCode.optional(),
  kind: kind.optional(),
  q: text(60).optional(),
  under: id.optional(),
  all: flagInQuery.optional(),
});
export const CreateOrganizationRequest = z.strictObject({
  parentId: id.nullable(),
  name: text(120),
  shortName: text(60).optional(),
  deptCode: deptCode.nullable().optional(),
  regionCode,
  kind,
  phone: phone.nullable().optional(),
});
export const UpdateOrganizationRequest = z.strictObject({ name: text(120).optional(), shortName: text(60).optional(), phone: phone.nullable().optional() });
export const MoveOrganizationRequest = z.strictObject({ parentId: id.nullable() });
export const DeactivateOrganizationRequest = z.strictObject({ successorId: id });

export const ApiClientAnswer = z.object({
  id: z.string(),
  name: z.string(),
  keyHint: z.string(),
  scopes: z.array(z.string()),
  createdAt: isoInstant,
  expiresAt: isoInstant,
  revokedAt: isoInstant.nullable(),
  lastUsedAt: isoInstant.nullable(),
  version: z.number().int(),
});
export type ApiClientAnswer = z.infer<typeof ApiClientAnswer>;
export const ApiClientPage = pageOf(ApiClientAnswer);
export const ApiClientListQuery = z.strictObject(pageQuery);
export const CreateApiClientRequest = z.strictObject({
  name: text(80),
  scopes: z
    .array(z.enum(clientScopes as [(typeof clientScopes)[number]]))
    .min(1, { error: '至少选一个授权范围' })
    .max(clientScopes.length),
  expiresAt: instant.optional(),
});
/** The only answer that ever holds the key. */
export const ApiClientCreated = ApiClientAnswer.extend({ key: z.string() });

export const RegionAnswer = z.object({
  code: z.string(),
  name: z.string(),
  parent: z.string().nullable(),
  level: z.string(),
  areaCode: z.string().nullable(),
  demo: z.boolean(),
});
export const RegionList = z.object({ items: z.array(RegionAnswer) });
export const RegionQuery = z.strictObject({ parent: regionCode.optional() });

export const IdParams = z.strictObject({ id });
