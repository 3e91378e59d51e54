import { z } from 'zod';
import {
  callerHistory,
  deadlineExplanation,
  duplicateTickets,
  revealedField,
  similarTickets,
  stageCounts,
  ticketReceipt,
  ticketsPage,
  ticketView,
} from '#contracts/api/ticket-views';
import {
  callerQuery,
  createTicketBody,
  editDraftBody,
  linkBody,
  listTicketsQuery,
  recordCallbackBody,
  revealBody,
  similarQuery,
  urgeBody,
} from '#contracts/api/tickets';
import { oneOf } from '#contracts/api/one-of';
import { id } from '#contracts/api/text';
import { inputOf } from '#contracts/lifecycles/lifecycle';
import { ticketLifecycle, ticketMoveActions } from '#contracts/lifecycles/ticket.lifecycle';
import { ticketClockLabels } from '#contracts/vocabulary/clocks';
import { presentReceipt } from '#tickets';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '工单';
const params = z.object({ id });
const reading = { access: { permission: 'ticket.read', scopes: ['tickets:read'] }, ownRows: true, tag } as const;

const intake = ({ tickets }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'tickets.create',
    method: 'post',
    path: '/tickets',
    tag,
    summary: '登记工单：坐席登记为草稿，对接系统报送的直接待受理',
    access: { permission: 'ticket.register', scopes: ['tickets:write'] },
    idempotent: true,
    request: { body: createTicketBody },
    answers: { 201: ticketReceipt },
    handle: async ({ body, actor }) => {
      const { ticket, receiptCode } = await tickets.registerTicket(body, actor);
      return { status: 201, body: presentReceipt(ticket, receiptCode) };
    },
    replay: async (ref) => ({ status: 201, body: await tickets.receiptAgain(ref) }),
  }),
  defineEndpoint({
    id: 'tickets.saveDraft',
    method: 'patch',
    path: '/tickets/:id',
    tag,
    summary: '保存登记内容的任一部分，不要求齐全',
    access: { permission: 'ticket.register' },
    ownRows: true,
    ifMatch: true,
    request: { params, body: editDraftBody },
    answers: { 200: ticketReceipt },
    handle: async ({ params: { id: ticketId }, body, ifMatch, actor }) => {
      const { ticket } = await tickets.saveDraft(ticketId, { body, ifMatch }, actor);
      return { status: 200, body: presentReceipt(ticket, null) };
    },
  }),
];

const lists = ({ tickets }: System): readonly Endpoint[] => [
  defineEndpoint({
    ...reading,
    id: 'tickets.list',
    method: 'get',
    path: '/tickets',
    summary: '工单列表：筛选、全文检索、按新旧或到期排序',
    request: { query: listTicketsQuery },
    answers: { 200: ticketsPage },
    handle: async ({ query, actor }) => ({ status: 200, body: await tickets.listTickets(query, actor) }),
  }),
  defineEndpoint({
    ...reading,
    id: 'tickets.counts',
    method: 'get',
    path: '/tickets/counts',
    summary: '各阶段、各状态的件数，口径与列表相同',
    request: { query: listTicketsQuery.omit({ limit: true, cursor: true, sort: true, overdue: true, q: true }) },
    answers: { 200: stageCounts },
    handle: async ({ query, actor }) => ({ status: 200, body: await tickets.countStages(query, actor) }),
  }),
  defineEndpoint({
    ...reading,
    id: 'tickets.similar',
    method: 'get',
    path: '/tickets/similar',
    summary: '文字相近的在办工单，用于登记时提示',
    request: { query: similarQuery },
    answers: { 200: similarTickets },
    handle: async ({ query, actor }) => ({ status: 200, body: { items: await tickets.similarTickets(query, actor) } }),
  }),
  defineEndpoint({
    id: 'callers.lookUp',
    method: 'post',
    path: '/callers/look-up',
    tag,
    summary: '按来电号码看历史诉求；号码在正文里，不进地址',
    access: { permission: 'ticket.read' },
    request: { body: callerQuery },
    answers: { 200: callerHistory },
    handle: async ({ body, actor }) => ({ status: 200, body: await tickets.historyOfPhone(body.phone, actor) }),
  }),
];

const one = ({ tickets }: System): readonly Endpoint[] => [
  defineEndpoint({
    ...reading,
    id: 'tickets.get',
    method: 'get',
    path: '/tickets/:id',
    summary: '工单全貌：脱敏内容、可做的操作、子单、时限、经办轨迹',
    request: { params },
    answers: { 200: ticketView },
    handle: async ({ params: { id: ticketId }, actor }) => ({ status: 200, body: await tickets.getTicket(ticketId, actor) }),
  }),
  defineEndpoint({
    ...reading,
    id: 'tickets.duplicates',
    method: 'get',
    path: '/tickets/:id/duplicates',
    summary: '同一诉求人、同一分类、同一地点的未办结工单',
    request: { params },
    answers: { 200: duplicateTickets },
    handle: async ({ params: { id: ticketId }, actor }) => ({ status: 200, body: { items: await tickets.duplicatesOf(ticketId, actor) } }),
  }),
  defineEndpoint({
    ...reading,
    id: 'tickets.explainDeadline',
    method: 'get',
    path: '/tickets/:id/deadlines/:clock',
    summary: '某一时限逐日说明',
    request: { params: z.object({ id, clock: oneOf(ticketClockLabels) }), query: z.strictObject({ subOrderId: id.optional() }) },
    answers: { 200: deadlineExplanation },
    handle: async ({ params: { id: ticketId, clock }, query, actor }) => ({
      status: 200,
      body: await tickets.explainDeadline(ticketId, { clock, ...query }, actor),
    }),
  }),
];

const deeds = ({ tickets }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'tickets.urge',
    method: 'post',
    path: '/tickets/:id/urge',
    tag,
    summary: '催办：只计数和提醒',
    access: { permission: 'ticket.urge' },
    ownRows: true,
    request: { params, body: urgeBody },
    answers: { 200: z.object({ urgeCount: z.int() }) },
    handle: async ({ params: { id: ticketId }, body, actor }) => ({
      status: 200,
      body: { urgeCount: (await tickets.urgeTicket(ticketId, body, actor)).urgeCount },
    }),
  }),
  defineEndpoint({
    id: 'tickets.unmask',
    method: 'post',
    path: '/tickets/:id/unmask',
    tag,
    summary: '查看一个字段的明文：填理由，留审计记录，诉求人可见',
    access: { permission: 'personalData.reveal' },
    ownRows: true,
    request: { params, body: revealBody },
    answers: { 200: revealedField },
    handle: async ({ params: { id: ticketId }, body, actor }) => ({ status: 200, body: await tickets.revealField(ticketId, body, actor) }),
  }),
  defineEndpoint({
    id: 'tickets.recordCallback',
    method: 'post',
    path: '/tickets/:id/callbacks',
    tag,
    summary: '记录一次回访',
    access: { permission: 'ticket.move' },
    ownRows: true,
    request: { params, body: recordCallbackBody },
    answers: { 201: ticketReceipt },
    handle: async ({ params: { id: ticketId }, body, actor }) => {
      const { ticket } = await tickets.recordCallback(ticketId, body, actor);
      return { status: 201, body: presentReceipt(ticket, null) };
    },
  }),
  defineEndpoint({
    id: 'tickets.link',
    method: 'post',
    path: '/tickets/:id/links',
    tag,
    summary: '关联通话、会话、评价或另一张工单',
    access: { permission: 'ticket.register' },
    ownRows: true,
    request: { params, body: linkBody },
    answers: { 204: null },
    handle: async ({ params: { id: ticketId }, body, actor }) => {
      await tickets.linkTicket({ ticketId, ...body }, actor);
      return { status: 204 };
    },
  }),
  defineEndpoint({
    id: 'tickets.unlink',
    method: 'delete',
    path: '/tickets/:id/links/:kind/:refId',
    tag,
    summary: '取消关联，记录保留',
    access: { permission: 'ticket.register' },
    ownRows: true,
    request: { params: z.object({ id, kind: linkBody.shape.kind, refId: id }) },
    answers: { 204: null },
    handle: async ({ params: { id: ticketId, kind, refId }, actor }) => {
      await tickets.unlinkTicket({ ticketId, kind, refId }, actor);
      return { status: 204 };
    },
  }),
];

/** One operation for each move, its body taken from the lifecycle table. */
const moves = ({ tickets }: System): readonly Endpoint[] =>
  ticketMoveActions.map((action) =>
    defineEndpoint({
      id: `tickets.${action}`,
      method: 'post',
      path: `/tickets/:id/moves/${action}`,
      tag,
      summary: ticketLifecycle.rows.find((row) => row.on === action)?.label ?? action,
      access: { permission: 'ticket.move' },
      ownRows: true,
      ifMatch: true,
      request: { params, body: inputOf(ticketLifecycle, action) },
      answers: { 200: ticketReceipt },
      handle: async ({ params: { id: ticketId }, body, ifMatch, actor }) => {
        const { ticket } = await tickets.moveTicket(ticketId, { action, input: body, ifMatch }, actor);
        return { status: 200, body: presentReceipt(ticket, null) };
      },
    }),
  );

/** Literal paths before those with an id, which would take them for one. */
export const ticketEndpoints = (system: System): readonly Endpoint[] => [
  ...intake(system),
  ...lists(system),
  ...one(system),
  ...deeds(system),
  ...moves(system),
];
