import {
  CreateStaffRequest,
  IdParams,
  ResetPasswordRequest,
  SetRolesRequest,
  StaffAnswer,
  StaffListQuery,
  StaffPage,
  UpdateStaffRequest,
} from '#contracts/api/identity';
import type { Staff } from '#identity';
import type { System } from '../../composition/system';
import { type Answer, defineEndpoint, type Endpoint } from '../endpoint';
import { presentPage, presentStaff } from '../present/identity';

const tag = '人员';

const readEndpoints = ({ identity }: System, answer: (person: Staff) => Promise<Answer>): readonly Endpoint[] => [
  defineEndpoint({
    id: 'staff.list',
    method: 'get',
    path: '/staff',
    tag,
    summary: '数据范围内的人员，可按单位、角色、姓名筛选',
    access: { permission: 'staff.read' },
    ownRows: true,
    request: { query: StaffListQuery },
    answers: { 200: StaffPage },
    handle: async ({ query, actor }) => {
      const page = await identity.staff.list({ ...query, orgId: query.org }, actor);
      return { status: 200, body: presentPage(page, await presentStaff(identity, page.items)) };
    },
  }),
  defineEndpoint({
    id: 'staff.read',
    method: 'get',
    path: '/staff/:id',
    tag,
    summary: '一名人员',
    access: { permission: 'staff.read' },
    ownRows: true,
    request: { params: IdParams },
    answers: { 200: StaffAnswer },
    handle: async ({ params, actor }) => answer(await identity.staff.get(params.id, actor)),
  }),
];

const accountEndpoints = ({ identity }: System, answer: (person: Staff) => Promise<Answer>): readonly Endpoint[] => [
  defineEndpoint({
    id: 'staff.create',
    method: 'post',
    path: '/staff',
    tag,
    summary: '新建人员',
    access: { permission: 'staff.manage' },
    request: { body: CreateStaffRequest },
    answers: { 201: StaffAnswer },
    idempotent: true,
    handle: async ({ body, actor }) => ({ ...(await answer(await identity.staff.create(body, actor))), status: 201 }),
    replay: async (ref, { actor }) => ({ ...(await answer(await identity.staff.get(ref, actor))), status: 201 }),
  }),
  defineEndpoint({
    id: 'staff.update',
    method: 'patch',
    path: '/staff/:id',
    tag,
    summary: '改姓名、工号或所在单位',
    access: { permission: 'staff.manage' },
    ifMatch: true,
    request: { params: IdParams, body: UpdateStaffRequest },
    answers: { 200: StaffAnswer },
    handle: async ({ params, body, actor, ifMatch }) => answer(await identity.staff.update({ ...body, staffId: params.id, version: ifMatch }, actor)),
  }),
  defineEndpoint({
    id: 'staff.setRoles',
    method: 'put',
    path: '/staff/:id/roles',
    tag,
    summary: '设定角色；已登录的会话随之结束',
    access: { permission: 'staff.manage' },
    ifMatch: true,
    request: { params: IdParams, body: SetRolesRequest },
    answers: { 200: StaffAnswer },
    handle: async ({ params, body, actor, ifMatch }) =>
      answer(await identity.staff.setRoles({ staffId: params.id, version: ifMatch, roles: body.roles }, actor)),
  }),
];

const accessEndpoints = ({ identity }: System, answer: (person: Staff) => Promise<Answer>): readonly Endpoint[] => [
  defineEndpoint({
    id: 'staff.disable',
    method: 'post',
    path: '/staff/:id/disable',
    tag,
    summary: '停用账号',
    access: { permission: 'staff.manage' },
    ifMatch: true,
    request: { params: IdParams },
    answers: { 200: StaffAnswer },
    handle: async ({ params, actor, ifMatch }) => answer(await identity.staff.disable({ staffId: params.id, version: ifMatch }, actor)),
  }),
  defineEndpoint({
    id: 'staff.enable',
    method: 'post',
    path: '/staff/:id/enable',
    tag,
    summary: '重新启用账号',
    access: { permission: 'staff.manage' },
    ifMatch: true,
    request: { params: IdParams },
    answers: { 200: StaffAnswer },
    handle: async ({ params, actor, ifMatch }) => answer(await identity.staff.enable({ staffId: params.id, version: ifMatch }, actor)),
  }),
  defineEndpoint({
    id: 'staff.resetPassword',
    method: 'put',
    path: '/staff/:id/password',
    tag,
    summary: '重设密码；已登录的会话随之结束',
    access: { permission: 'staff.manage' },
    ifMatch: true,
    request: { params: IdParams, body: ResetPasswordRequest },
    answers: { 200: StaffAnswer },
    handle: async ({ params, body, actor, ifMatch }) =>
      answer(await identity.staff.resetPassword({ staffId: params.id, version: ifMatch, password: body.password }, actor)),
  }),
  defineEndpoint({
    id: 'staff.revokeSessions',
    method: 'delete',
    path: '/staff/:id/sessions',
    tag,
    summary: '立即结束此人的所有会话',
    access: { permission: 'staff.manage' },
    request: { params: IdParams },
    answers: { 204: null },
    handle: async ({ params, actor }) => {
      await identity.sessions.revokeAllOf(params.id, actor);
      return { status: 204 };
    },
  }),
];

export const staffEndpoints = (system: System): readonly Endpoint[] => {
  const answer = async (person: Staff): Promise<Answer> => ({ status: 200, body: (await presentStaff(system.identity, [person]))[0] });
  return [...readEndpoints(system, answer), ...accountEndpoints(system, answer), ...accessEndpoints(system, answer)];
};
