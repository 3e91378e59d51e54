import { z } from 'zod';
import {
  BatchAnswer,
  QuarantinePage,
  QuarantineReceipt,
  RatingBatch,
  RatingInput,
  RatingPage,
  RatingQuery,
  RatingReceipt,
  RatingView,
} from '#contracts/api/ratings';
import { id, pageQuery } from '#contracts/api/text';
import type { Received } from '#ratings';
import type { System } from '../../composition/system';
import { type Answer, defineEndpoint, type Endpoint } from '../endpoint';

const tag = '好差评';
const intake = { permission: 'rating.import', scopes: ['ratings:write'] } as const;
/** A thousand ratings with 500 characters of words each (design.md §3). */
const batchLimit = 8 * 1024 * 1024;
const replayed = { 'Idempotency-Replayed': 'true' };

const statuses = { accepted: 201, replayed: 200, quarantined: 202 } as const;

const toAnswer = (received: Received): Answer => {
  const isReplay = received.kind === 'replayed' || (received.kind === 'quarantined' && received.isReplay);
  return { status: statuses[received.kind], body: received.receipt, ...(isReplay ? { headers: replayed } : {}) };
};

const intakeEndpoints = ({ ratings }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'ratings.create',
    method: 'post',
    path: '/ratings',
    tag,
    summary: '报送一条评价；同一评价重复报送得到首次的回执，内容不同的另行隔离',
    access: intake,
    request: { body: RatingInput },
    answers: { 201: RatingReceipt, 200: RatingReceipt, 202: QuarantineReceipt },
    handle: async ({ body, actor }) => toAnswer(await ratings.receive(body, actor)),
  }),
  defineEndpoint({
    id: 'ratings.createBatch',
    method: 'post',
    path: '/ratings/batch',
    tag,
    summary: '批量报送评价（≤ 1000 条），逐条给出结果',
    access: intake,
    bodyLimit: batchLimit,
    slow: true,
    request: { body: RatingBatch },
    answers: { 200: BatchAnswer },
    handle: async ({ body, actor }) => ({ status: 200, body: await ratings.receiveBatch(body.ratings, actor) }),
  }),
];

const readingEndpoints = ({ ratings }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'ratings.list',
    method: 'get',
    path: '/ratings',
    tag,
    summary: '评价清单，评价人已脱敏',
    access: { permission: 'rating.read', scopes: ['ratings:read'] },
    ownRows: true,
    request: { query: RatingQuery },
    answers: { 200: RatingPage },
    handle: async ({ query, actor }) => ({ status: 200, body: await ratings.listRatings(query, actor) }),
  }),
  defineEndpoint({
    id: 'ratings.quarantine',
    method: 'get',
    path: '/ratings/quarantine',
    tag,
    summary: '隔离待查的评价',
    access: { permission: 'quarantine.read' },
    ownRows: true,
    request: { query: z.strictObject(pageQuery) },
    answers: { 200: QuarantinePage },
    handle: async ({ query, actor }) => ({ status: 200, body: await ratings.listQuarantined(query, actor) }),
  }),
  defineEndpoint({
    id: 'ratings.get',
    method: 'get',
    path: '/ratings/:id',
    tag,
    summary: '一条评价',
    access: { permission: 'rating.read', scopes: ['ratings:read'] },
    ownRows: true,
    request: { params: z.object({ id }) },
    answers: { 200: RatingView },
    handle: async ({ params, actor }) => ({ status: 200, body: await ratings.getRating(params.id, actor) }),
  }),
];

export const ratingEndpoints = (system: System): readonly Endpoint[] => [...intakeEndpoints(system), ...readingEndpoints(system)];
