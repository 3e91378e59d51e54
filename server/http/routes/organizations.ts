import {
  CreateOrganizationRequest,
  DeactivateOrganizationRequest,
  IdParams,
  MoveOrganizationRequest,
  OrganizationAnswer,
  OrganizationListQuery,
  OrganizationPage,
  RegionList,
  RegionQuery,
  UpdateOrganizationRequest,
} from '#contracts/api/identity';
import type { Organization } from '#identity';
import type { System } from '../../composition/system';
import { type Answer, defineEndpoint, type Endpoint } from '../endpoint';
import { presentOrganization, presentPage } from '../present/identity';

const tag = '单位';

const readEndpoints = ({ identity }: System, answer: (unit: Organization) => Answer): readonly Endpoint[] => [
  defineEndpoint({
    id: 'organizations.list',
    method: 'get',
    path: '/organizations',
    tag,
    summary: '单位目录，按层级先后排列',
    access: { permission: 'organization.read', scopes: ['organizations:read'] },
    request: { query: OrganizationListQuery },
    answers: { 200: OrganizationPage },
    handle: async ({ query, actor }) => {
      const page = await identity.organizations.list({ ...query, regionCode: query.region }, actor);
      const items = page.items.map((unit) => presentOrganization(identity, unit));
      return { status: 200, body: presentPage(page, items) };
    },
  }),
  defineEndpoint({
    id: 'organizations.read',
    method: 'get',
    path: '/organizations/:id',
    tag,
    summary: '一个单位',
    access: { permission: 'organization.read', scopes: ['organizations:read'] },
    request: { params: IdParams },
    answers: { 200: OrganizationAnswer },
    handle: async ({ params, actor }) => answer(await identity.organizations.get(params.id, actor)),
  }),
  defineEndpoint({
    id: 'regions.list',
    method: 'get',
    path: '/regions',
    tag,
    summary: '下一级行政区划；不给上级则为各省',
    access: 'public',
    request: { query: RegionQuery },
    answers: { 200: RegionList },
    handle: ({ query }) => {
      const items = identity.regions.childrenOf(query.parent ?? null);
      const body = { items: items.map(({ code, name, parent, level, areaCode, demo }) => ({ code, name, parent, level, areaCode, demo: demo === true })) };
      return Promise.resolve({ status: 200, body });
    },
  }),
];

const manageEndpoints = ({ identity }: System, answer: (unit: Organization) => Answer): readonly Endpoint[] => [
  defineEndpoint({
    id: 'organizations.create',
    method: 'post',
    path: '/organizations',
    tag,
    summary: '新建单位',
    access: { permission: 'organization.manage' },
    idempotent: true,
    request: { body: CreateOrganizationRequest },
    answers: { 201: OrganizationAnswer },
    handle: async ({ body, actor }) => ({ ...answer(await identity.organizations.create(body, actor)), status: 201 }),
    replay: async (ref, { actor }) => ({ ...answer(await identity.organizations.get(ref, actor)), status: 201 }),
  }),
  defineEndpoint({
    id: 'organizations.update',
    method: 'patch',
    path: '/organizations/:id',
    tag,
    summary: '改名称或电话',
    access: { permission: 'organization.manage' },
    ifMatch: true,
    request: { params: IdParams, body: UpdateOrganizationRequest },
    answers: { 200: OrganizationAnswer },
    handle: async ({ params, body, actor, ifMatch }) =>
      answer(await identity.organizations.update({ ...body, organizationId: params.id, version: ifMatch }, actor)),
  }),
  defineEndpoint({
    id: 'organizations.move',
    method: 'post',
    path: '/organizations/:id/move',
    tag,
    summary: '连同下级一起移到另一个上级之下',
    access: { permission: 'organization.manage' },
    ifMatch: true,
    request: { params: IdParams, body: MoveOrganizationRequest },
    answers: { 200: OrganizationAnswer },
    handle: async ({ params, body, actor, ifMatch }) =>
      answer(await identity.organizations.move({ organizationId: params.id, version: ifMatch, parentId: body.parentId }, actor)),
  }),
  defineEndpoint({
    id: 'organizations.deactivate',
    method: 'post',
    path: '/organizations/:id/deactivate',
    tag,
    summary: '停用单位，由承接单位接管',
    access: { permission: 'organization.manage' },
    ifMatch: true,
    request: { params: IdParams, body: DeactivateOrganizationRequest },
    answers: { 200: OrganizationAnswer },
    handle: async ({ params, body, actor, ifMatch }) =>
      answer(await identity.organizations.deactivate({ organizationId: params.id, version: ifMatch, successorId: body.successorId }, actor)),
  }),
];

export const organizationEndpoints = (system: System): readonly Endpoint[] => {
  const answer = (unit: Organization): Answer => ({ status: 200, body: presentOrganization(system.identity, unit) });
  return [...readEndpoints(system, answer), ...manageEndpoints(system, answer)];
};
