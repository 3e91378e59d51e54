import { z } from 'zod';
import { id } from '#contracts/api/text';
import {
  answerCardRequestSchema,
  answerCardSchema,
  guideDraftSchema,
  guideImportSchema,
  guideInputSchema,
  guideSearchRequestSchema,
  guideSearchResultSchema,
  guideViewSchema,
  importReportSchema,
  serviceItemSchema,
  versionSummariesSchema,
} from '#knowledge-base/contracts';
import type { GuideRecord } from '#knowledge-base';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '办事指南';
const GuideId = z.strictObject({ id });
const GuideVersion = z.strictObject({ version: z.coerce.number().int().min(1).max(100_000).optional() });

const presentDraft = (guide: GuideRecord) => ({
  id: guide.id,
  version: guide.revision,
  currentVersion: guide.currentVersion,
  status: guide.status,
  draftStatus: guide.draftStatus,
  draftedBy: guide.draftedBy,
  draft: guide.draft,
});

/** What citizens may ask without an account (design 3): the same guides in the same version as at the desk. */
const readingEndpoints = ({ knowledge }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'guides.search',
    method: 'get',
    path: '/guides/search',
    tag,
    summary: '检索办事指南：口语、同音错字、拼音首字母、繁体、两地同句',
    access: 'public',
    request: { query: guideSearchRequestSchema },
    answers: { 200: guideSearchResultSchema },
    handle: async ({ query }) => ({ status: 200, body: await knowledge.search(query) }),
  }),
  defineEndpoint({
    id: 'guides.answerCard',
    method: 'get',
    path: '/guides/answer-card',
    tag,
    summary: '跨省答复卡：两地要求并排、差异、方式、谁收谁办、依据与核验、两句话口播',
    access: 'public',
    request: { query: answerCardRequestSchema },
    answers: { 200: answerCardSchema },
    handle: async ({ query }) => ({ status: 200, body: await knowledge.answerCard(query) }),
  }),
  defineEndpoint({
    id: 'guides.get',
    method: 'get',
    path: '/guides/:id',
    tag,
    summary: '一份已发布的指南，现行版或指定的版本',
    access: 'public',
    request: { params: GuideId, query: GuideVersion },
    answers: { 200: guideViewSchema },
    handle: async ({ params, query }) => ({ status: 200, body: await knowledge.getGuide(params.id, query.version) }),
  }),
  defineEndpoint({
    id: 'guides.versions',
    method: 'get',
    path: '/guides/:id/versions',
    tag,
    summary: '历次版本，各与上一版的差别',
    access: { permission: 'guide.read', scopes: ['guides:read'] },
    request: { params: GuideId },
    answers: { 200: versionSummariesSchema },
    handle: async ({ params }) => ({ status: 200, body: { items: await knowledge.listVersions(params.id) } }),
  }),
  defineEndpoint({
    id: 'items.list',
    method: 'get',
    path: '/items',
    tag,
    summary: '事项目录',
    access: 'public',
    answers: { 200: z.strictObject({ items: z.array(serviceItemSchema) }) },
    handle: async () => ({ status: 200, body: { items: await knowledge.listItems() } }),
  }),
];

const editingEndpoints = ({ knowledge }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'guides.draft',
    method: 'post',
    path: '/guides',
    tag,
    summary: '起草一份指南',
    access: { permission: 'guide.edit', scopes: ['guides:write'] },
    request: { body: guideInputSchema },
    answers: { 201: guideDraftSchema },
    handle: async ({ body, actor }) => {
      const drafted = await knowledge.draftGuide(body, { id: actor.id });
      return { status: 201, body: presentDraft(await knowledge.getDraft(drafted)) };
    },
  }),
  defineEndpoint({
    id: 'guides.getDraft',
    method: 'get',
    path: '/guides/:id/draft',
    tag,
    summary: '起草中或待审核的内容',
    access: { permission: 'guide.read' },
    request: { params: GuideId },
    answers: { 200: guideDraftSchema },
    handle: async ({ params }) => ({ status: 200, body: presentDraft(await knowledge.getDraft(params.id)) }),
  }),
  defineEndpoint({
    id: 'guides.revise',
    method: 'put',
    path: '/guides/:id/draft',
    tag,
    summary: '修改内容，已发布的版本在新版发布前不变',
    access: { permission: 'guide.edit', scopes: ['guides:write'] },
    ifMatch: true,
    request: { params: GuideId, body: guideInputSchema },
    answers: { 200: guideDraftSchema },
    handle: async ({ params, body, actor, ifMatch }) => {
      await knowledge.reviseGuide(params.id, ifMatch, body, { id: actor.id });
      return { status: 200, body: presentDraft(await knowledge.getDraft(params.id)) };
    },
  }),
  defineEndpoint({
    id: 'guides.import',
    method: 'post',
    path: '/guides/import',
    tag,
    summary: '批量导入指南，坏行逐行说明，不影响其他行',
    access: { permission: 'guide.publish', scopes: ['guides:write'] },
    slow: true,
    bodyLimit: 8_388_608,
    request: { body: guideImportSchema },
    answers: { 200: importReportSchema },
    handle: async ({ body, actor }) => ({ status: 200, body: await knowledge.importGuides(body.lines, { id: actor.id }) }),
  }),
];

const reviewingEndpoints = ({ knowledge }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'guides.submit',
    method: 'post',
    path: '/guides/:id/submission',
    tag,
    summary: '送审',
    access: { permission: 'guide.edit' },
    ifMatch: true,
    request: { params: GuideId },
    answers: { 200: guideDraftSchema },
    handle: async ({ params, ifMatch }) => {
      await knowledge.submitGuide(params.id, ifMatch);
      return { status: 200, body: presentDraft(await knowledge.getDraft(params.id)) };
    },
  }),
  defineEndpoint({
    id: 'guides.publish',
    method: 'post',
    path: '/guides/:id/publication',
    tag,
    summary: '审核发布，起草人不能审核自己起草的',
    access: { permission: 'guide.publish' },
    ifMatch: true,
    request: { params: GuideId },
    answers: { 200: guideDraftSchema },
    handle: async ({ params, actor, ifMatch }) => {
      await knowledge.publishGuide(params.id, ifMatch, { id: actor.id });
      return { status: 200, body: presentDraft(await knowledge.getDraft(params.id)) };
    },
  }),
  defineEndpoint({
    id: 'guides.withdraw',
    method: 'post',
    path: '/guides/:id/withdrawal',
    tag,
    summary: '下线，各版本仍可回看',
    access: { permission: 'guide.publish' },
    ifMatch: true,
    request: { params: GuideId },
    answers: { 200: guideDraftSchema },
    handle: async ({ params, ifMatch }) => {
      await knowledge.withdrawGuide(params.id, ifMatch);
      return { status: 200, body: presentDraft(await knowledge.getDraft(params.id)) };
    },
  }),
];

export const guideEndpoints = (system: System): readonly Endpoint[] => [
  ...readingEndpoints(system),
  ...editingEndpoints(system),
  ...reviewingEndpoints(system),
];
