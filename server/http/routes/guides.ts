import { z } from 'zod';
import { id } from '#contracts/api/text';
import { answerCardRequestSchema, answerCardSchema, guideSearchRequestSchema, guideSearchResultSchema, guideViewSchema } from '#knowledge-base/contracts';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const version = z.strictObject({ version: z.coerce.number().int().min(1).max(1_000_000).optional() });

/** design.md §3: open to citizens; the console, the portal and the tablet read the same published versions (rules §8.2). */
export const guideEndpoints = (system: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'guides.search',
    method: 'get',
    path: '/guides/search',
    tag: '办事指南',
    summary: '检索办事指南：关键词、口语、拼音、繁体、两地；地区逐级回退',
    access: 'public',
    request: { query: guideSearchRequestSchema },
    answers: { 200: guideSearchResultSchema },
    handle: async ({ query }) => ({ status: 200, body: await system.knowledge.search(query) }),
  }),
  defineEndpoint({
    id: 'guides.answerCard',
    method: 'get',
    path: '/guides/answer-card',
    tag: '办事指南',
    summary: '跨省通办答复卡：谁收、谁定、两地不同、时限、联系与依据',
    access: 'public',
    request: { query: answerCardRequestSchema },
    answers: { 200: answerCardSchema },
    handle: async ({ query }) => ({ status: 200, body: await system.knowledge.answerCard(query) }),
  }),
  defineEndpoint({
    id: 'guides.get',
    method: 'get',
    path: '/guides/:id',
    tag: '办事指南',
    summary: '一份已发布的指南，或它的某一版',
    access: 'public',
    request: { params: z.strictObject({ id }), query: version },
    answers: { 200: guideViewSchema },
    handle: async ({ params, query }) => ({ status: 200, body: await system.knowledge.getGuide(params.id, query.version) }),
  }),
];
