import { z } from 'zod';
import {
  citizenConversationView,
  leaveContactBody,
  messagesQuery,
  messagesView,
  postedMessage,
  postMessageBody,
  publicQueueView,
  type PublicQueueView,
  startConversationBody,
  startedConversation,
} from '#contracts/api/inquiries';
import { id } from '#contracts/api/text';
import type { CitizenActor } from '#kernel';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '在线咨询（市民）';
const params = z.object({ id });

type Caller = { readonly params: { readonly id: string }; readonly bearer: string | null; readonly address: string };

/** Whoever holds the token is the citizen of this one conversation. */
const citizenOf = ({ inquiries }: System, { params, bearer, address }: Caller): Promise<CitizenActor> =>
  inquiries.authenticateCitizen(params.id, { token: bearer, address });

/** Asked by every open front page twice a minute, so one look at the queues serves all of them for a few seconds. */
const keptForMs = 5_000;

const createWaits = ({ inquiries, telephony, clock }: System): (() => Promise<PublicQueueView>) => {
  const look = async (): Promise<PublicQueueView> => {
    const [chat, callers] = await Promise.all([inquiries.queueNow(), telephony.queue.waiting()]);
    const last = [...callers.values()].reduce((furthest, caller) => (caller.position > furthest.position ? caller : furthest), {
      position: 0,
      band: '不用排队',
    });
    return { chat, phone: { waiting: callers.size, label: last.band }, at: chat.at };
  };
  let kept: { readonly at: number; readonly waits: Promise<PublicQueueView> } | null = null;
  return () => {
    const now = clock.now().getTime();
    if (kept === null || now - kept.at >= keptForMs) kept = { at: now, waits: look() };
    kept.waits.catch(() => {
      kept = null;
    });
    return kept.waits;
  };
};

const beginning = (system: System, waits = createWaits(system)): readonly Endpoint[] => [
  defineEndpoint({
    id: 'publicQueue.get',
    method: 'get',
    path: '/public/queue',
    tag,
    summary: '此刻打电话、找人聊各要等多久',
    access: 'public',
    answers: { 200: publicQueueView },
    handle: async () => ({ status: 200, body: await waits() }),
  }),
  defineEndpoint({
    id: 'publicChat.start',
    method: 'post',
    path: '/public/conversations',
    tag,
    summary: '发起会话；同一把会话钥匙重发，还是同一个会话',
    access: 'public',
    request: { body: startConversationBody },
    answers: { 201: startedConversation },
    handle: async ({ body, address }) => {
      const { conversationId, token } = await system.inquiries.startConversation(body, address);
      const citizen = await system.inquiries.authenticateCitizen(conversationId, { token, address });
      return { status: 201, body: { ...(await system.inquiries.viewForCitizen(citizen)), token } };
    },
  }),
  defineEndpoint({
    id: 'publicChat.get',
    method: 'get',
    path: '/public/conversations/:id',
    tag,
    summary: '会话状态、排队位置、回执码',
    access: 'public',
    request: { params },
    answers: { 200: citizenConversationView },
    handle: async (call) => ({ status: 200, body: await system.inquiries.viewForCitizen(await citizenOf(system, call)) }),
  }),
];

const talking = (system: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'publicChat.messages',
    method: 'get',
    path: '/public/conversations/:id/messages',
    tag,
    summary: '第 n 条之后的消息',
    access: 'public',
    request: { params, query: messagesQuery },
    answers: { 200: messagesView },
    handle: async (call) => ({ status: 200, body: await system.inquiries.messagesForCitizen(await citizenOf(system, call), call.query) }),
  }),
  defineEndpoint({
    id: 'publicChat.post',
    method: 'post',
    path: '/public/conversations/:id/messages',
    tag,
    summary: '发一条消息；同一消息编号重发无害',
    access: 'public',
    request: { params, body: postMessageBody },
    answers: { 201: postedMessage },
    handle: async (call) => ({ status: 201, body: await system.inquiries.postMessage(call.params.id, call.body, await citizenOf(system, call)) }),
  }),
  defineEndpoint({
    id: 'publicChat.contact',
    method: 'put',
    path: '/public/conversations/:id/contact',
    tag,
    summary: '留下回电号码',
    access: 'public',
    request: { params, body: leaveContactBody },
    answers: { 200: citizenConversationView },
    handle: async (call) => {
      const citizen = await citizenOf(system, call);
      await system.inquiries.leaveContact(call.body, citizen);
      return { status: 200, body: await system.inquiries.viewForCitizen(citizen) };
    },
  }),
  defineEndpoint({
    id: 'publicChat.leave',
    method: 'post',
    path: '/public/conversations/:id/leave',
    tag,
    summary: '市民结束会话',
    access: 'public',
    request: { params },
    answers: { 200: citizenConversationView },
    handle: async (call) => {
      const citizen = await citizenOf(system, call);
      await system.inquiries.leaveConversation(citizen);
      return { status: 200, body: await system.inquiries.viewForCitizen(citizen) };
    },
  }),
];

export const publicChatEndpoints = (system: System): readonly Endpoint[] => [...beginning(system), ...talking(system)];
