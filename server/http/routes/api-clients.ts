import { ApiClientAnswer, ApiClientCreated, ApiClientListQuery, ApiClientPage, CreateApiClientRequest, IdParams } from '#contracts/api/identity';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';
import { presentApiClient, presentPage } from '../present/identity';

const tag = '接口账号';
const access = { permission: 'apiClient.manage' } as const;

export const apiClientEndpoints = ({ identity }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'apiClients.list',
    method: 'get',
    path: '/api-clients',
    tag,
    summary: '对接系统的接口账号',
    access,
    request: { query: ApiClientListQuery },
    answers: { 200: ApiClientPage },
    handle: async ({ query, actor }) => {
      const page = await identity.apiClients.list(query, actor);
      return { status: 200, body: presentPage(page, page.items.map(presentApiClient)) };
    },
  }),
  // Without Idempotency-Key: its stored answer would keep the key in clear text.
  defineEndpoint({
    id: 'apiClients.create',
    method: 'post',
    path: '/api-clients',
    tag,
    summary: '新建接口账号；密钥只在这次应答中出现',
    access,
    request: { body: CreateApiClientRequest },
    answers: { 201: ApiClientCreated },
    handle: async ({ body, actor }) => {
      const { client, key } = await identity.apiClients.create(body, actor);
      return { status: 201, body: { ...presentApiClient(client), key } };
    },
  }),
  defineEndpoint({
    id: 'apiClients.revoke',
    method: 'post',
    path: '/api-clients/:id/revoke',
    tag,
    summary: '撤销密钥，立即失效',
    access,
    ifMatch: true,
    request: { params: IdParams },
    answers: { 200: ApiClientAnswer },
    handle: async ({ params, actor, ifMatch }) => ({
      status: 200,
      body: presentApiClient(await identity.apiClients.revoke({ clientId: params.id, version: ifMatch }, actor)),
    }),
  }),
];
