import { z } from 'zod';
import { id } from '#contracts/api/text';
import { subOrderReceipt, subOrdersPage, subOrderView } from '#contracts/api/ticket-views';
import { listSubOrdersQuery } from '#contracts/api/tickets';
import { inputOf } from '#contracts/lifecycles/lifecycle';
import { subOrderLifecycle, subOrderMoveActions } from '#contracts/lifecycles/sub-order.lifecycle';
import { presentSubOrderReceipt } from '#tickets';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '承办子单';
const params = z.object({ id });
const reading = { access: { permission: 'subOrder.read' }, ownRows: true, tag } as const;

const looks = ({ tickets }: System): readonly Endpoint[] => [
  defineEndpoint({
    ...reading,
    id: 'subOrders.list',
    method: 'get',
    path: '/sub-orders',
    summary: '本单位的子单；热线角色看可见范围内的全部',
    request: { query: listSubOrdersQuery },
    answers: { 200: subOrdersPage },
    handle: async ({ query, actor }) => ({ status: 200, body: await tickets.listSubOrders(query, actor) }),
  }),
  defineEndpoint({
    ...reading,
    id: 'subOrders.get',
    method: 'get',
    path: '/sub-orders/:id',
    summary: '一张子单及可做的操作',
    request: { params },
    answers: { 200: subOrderView },
    handle: async ({ params: { id: subOrderId }, actor }) => ({ status: 200, body: await tickets.getSubOrder(subOrderId, actor) }),
  }),
];

const moves = ({ tickets }: System): readonly Endpoint[] =>
  subOrderMoveActions.map((action) =>
    defineEndpoint({
      id: `subOrders.${action}`,
      method: 'post',
      path: `/sub-orders/:id/moves/${action}`,
      tag,
      summary: subOrderLifecycle.rows.find((row) => row.on === action)?.label ?? action,
      access: { permission: 'subOrder.move' },
      ownRows: true,
      ifMatch: true,
      request: { params, body: inputOf(subOrderLifecycle, action) },
      answers: { 200: subOrderReceipt },
      handle: async ({ params: { id: subOrderId }, body, ifMatch, actor }) => ({
        status: 200,
        body: presentSubOrderReceipt(await tickets.moveSubOrder(subOrderId, { action, input: body, ifMatch }, actor)),
      }),
    }),
  );

export const subOrderEndpoints = (system: System): readonly Endpoint[] => [...looks(system), ...moves(system)];
