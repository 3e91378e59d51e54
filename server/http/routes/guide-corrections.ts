import { z } from 'zod';
import { id } from '#contracts/api/text';
import { correctionActionSchema, correctionMoveSchema, correctionQuerySchema, correctionReportSchema, correctionSchema } from '#knowledge-base/contracts';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '办事指南';

/** rules §9: whoever finds a guide wrong says so; the unit that owns it answers, and the guide is marked 待核 meanwhile. */
export const guideCorrectionEndpoints = ({ knowledge }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'guideCorrections.report',
    method: 'post',
    path: '/guide-corrections',
    tag,
    summary: '指南有误或缺失，报给提供单位',
    access: { permission: 'guide.correct' },
    request: { body: correctionReportSchema },
    answers: { 201: correctionSchema },
    handle: async ({ body, actor }) => {
      const reported = await knowledge.reportCorrection(body, { id: actor.id });
      return { status: 201, body: await knowledge.getCorrection(reported) };
    },
  }),
  defineEndpoint({
    id: 'guideCorrections.list',
    method: 'get',
    path: '/guide-corrections',
    tag,
    summary: '纠错清单，最近的在前，至多 200 条',
    access: { permission: 'guide.read' },
    request: { query: correctionQuerySchema },
    answers: { 200: z.strictObject({ items: z.array(correctionSchema) }) },
    handle: async ({ query }) => ({ status: 200, body: { items: await knowledge.listCorrections(query) } }),
  }),
  defineEndpoint({
    id: 'guideCorrections.move',
    method: 'post',
    path: '/guide-corrections/:id/moves/:action',
    tag,
    summary: '交办、更正、不采纳、办结',
    access: { permission: 'guide.edit' },
    ifMatch: true,
    request: { params: z.strictObject({ id, action: correctionActionSchema }), body: correctionMoveSchema },
    answers: { 200: correctionSchema },
    handle: async ({ params, body, ifMatch }) => {
      await knowledge.moveCorrection(params.id, ifMatch, params.action, body);
      return { status: 200, body: await knowledge.getCorrection(params.id) };
    },
  }),
];
