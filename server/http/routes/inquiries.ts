import { z } from 'zod';
import {
  conversationsPage,
  conversationsQuery,
  conversationView,
  madeTicket,
  makeTicketBody,
  messagesQuery,
  messagesView,
  postedMessage,
  postMessageBody,
  sendAnswerCardBody,
} from '#contracts/api/inquiries';
import { id } from '#contracts/api/text';
import { conversationLifecycle, type ConversationAction } from '#contracts/lifecycles/conversation.lifecycle';
import { inputOf } from '#contracts/lifecycles/lifecycle';
import { type Actor, forbidden, type StaffActor } from '#kernel';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '在线会话（坐席）';
const params = z.object({ id });

const staffOf = (actor: Actor): StaffActor => {
  if (actor.kind !== 'staff') throw forbidden();
  return actor;
};

const reading = ({ inquiries }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'conversations.list',
    method: 'get',
    path: '/conversations',
    tag,
    summary: '会话列表；排队中的按先后，其余新的在前',
    access: { permission: 'conversation.read' },
    ownRows: true,
    request: { query: conversationsQuery },
    answers: { 200: conversationsPage },
    handle: async ({ query, actor }) => ({ status: 200, body: await inquiries.listConversations({ ...query, mine: query.mine === 'true' }, staffOf(actor)) }),
  }),
  defineEndpoint({
    id: 'conversations.get',
    method: 'get',
    path: '/conversations/:id',
    tag,
    summary: '一个会话及可做的操作',
    access: { permission: 'conversation.read' },
    ownRows: true,
    request: { params },
    answers: { 200: conversationView },
    handle: async ({ params, actor }) => ({ status: 200, body: await inquiries.getConversation(params.id, staffOf(actor)) }),
  }),
  defineEndpoint({
    id: 'conversations.messages',
    method: 'get',
    path: '/conversations/:id/messages',
    tag,
    summary: '第 n 条之后的消息',
    access: { permission: 'conversation.read' },
    ownRows: true,
    request: { params, query: messagesQuery },
    answers: { 200: messagesView },
    handle: async ({ params, query, actor }) => ({ status: 200, body: await inquiries.messagesForStaff(params.id, query, staffOf(actor)) }),
  }),
];

const speaking = ({ inquiries }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'conversations.post',
    method: 'post',
    path: '/conversations/:id/messages',
    tag,
    summary: '回复市民；同一消息编号重发无害',
    access: { permission: 'conversation.take' },
    ownRows: true,
    request: { params, body: postMessageBody },
    answers: { 201: postedMessage },
    handle: async ({ params, body, actor }) => ({ status: 201, body: await inquiries.postMessage(params.id, body, staffOf(actor)) }),
  }),
  defineEndpoint({
    id: 'conversations.answerCard',
    method: 'post',
    path: '/conversations/:id/answer-cards',
    tag,
    summary: '把答复卡发给市民，注明所引指南及版本',
    access: { permission: 'conversation.take' },
    ownRows: true,
    request: { params, body: sendAnswerCardBody },
    answers: { 201: postedMessage },
    handle: async ({ params, body, actor }) => ({ status: 201, body: await inquiries.sendAnswerCard(params.id, body, staffOf(actor)) }),
  }),
  defineEndpoint({
    id: 'conversations.makeTicket',
    method: 'post',
    path: '/conversations/:id/ticket',
    tag,
    summary: '一键转工单：市民的话就是内容；再按一次还是同一张',
    access: { permission: 'conversation.take' },
    ownRows: true,
    idempotent: true,
    request: { params, body: makeTicketBody },
    answers: { 201: madeTicket },
    handle: async ({ params, body, actor }) => ({ status: 201, body: await inquiries.makeTicket(params.id, body, staffOf(actor)) }),
    // A conversation has one ticket, so asking again answers with it.
    replay: async (_ref, { params, body, actor }) => ({ status: 201, body: await inquiries.makeTicket(params.id, body, staffOf(actor)) }),
  }),
];

const labels = { take: '接入', release: '转回排队', close: '结束会话' } as const;

/** One operation for each move of staff, its body taken from the lifecycle table. */
const moving = ({ inquiries }: System): readonly Endpoint[] =>
  (Object.keys(labels) as (keyof typeof labels & ConversationAction)[]).map((action) =>
    defineEndpoint({
      id: `conversations.${action}`,
      method: 'post',
      path: `/conversations/:id/moves/${action}`,
      tag,
      summary: labels[action],
      access: { permission: 'conversation.read' },
      ownRows: true,
      ifMatch: true,
      request: { params, body: inputOf(conversationLifecycle, action) },
      answers: { 200: conversationView },
      handle: async ({ params, body, ifMatch, actor }) => {
        await inquiries.moveConversation(params.id, { action, input: body, ifMatch }, staffOf(actor));
        return { status: 200, body: await inquiries.getConversation(params.id, staffOf(actor)) };
      },
    }),
  );

export const inquiryEndpoints = (system: System): readonly Endpoint[] => [...reading(system), ...speaking(system), ...moving(system)];
