import { z } from 'zod';
import {
  CallbackInput,
  ContactInput,
  ExplainedCaseDeadline,
  MustDo,
  RectificationClockName,
  RectificationDetail,
  RectificationForm,
  RectificationPage,
  RectificationQuery,
  RevealedRater,
  RevealRater,
  SavedDraft,
} from '#contracts/api/rectification';
import { id } from '#contracts/api/text';
import { actionsOf, inputOf } from '#contracts/lifecycles/lifecycle';
import { rectificationLifecycle } from '#contracts/lifecycles/rectification.lifecycle';
import { toShanghaiIso } from '#kernel';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '差评整改';
const reading = { permission: 'rectification.read', scopes: ['rectifications:read'] } as const;
const moving = { permission: 'rectification.move' } as const;
const params = z.object({ id });

const readingEndpoints = ({ rectification }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'rectifications.list',
    method: 'get',
    path: '/rectifications',
    tag,
    summary: '整改单清单，默认按已耗时间，最久在前',
    access: reading,
    ownRows: true,
    request: { query: RectificationQuery },
    answers: { 200: RectificationPage },
    handle: async ({ query, actor }) => ({ status: 200, body: await rectification.listCases(query, actor) }),
  }),
  defineEndpoint({
    id: 'rectifications.mustDo',
    method: 'get',
    path: '/rectifications/must-do',
    tag,
    summary: '今日必办',
    access: reading,
    ownRows: true,
    answers: { 200: MustDo },
    handle: async ({ actor }) => ({ status: 200, body: await rectification.mustDo(actor) }),
  }),
  defineEndpoint({
    id: 'rectifications.get',
    method: 'get',
    path: '/rectifications/:id',
    tag,
    summary: '一张整改单：评价、期限、材料、时间线、离办结还差什么',
    access: reading,
    ownRows: true,
    request: { params },
    answers: { 200: RectificationDetail },
    handle: async (call) => ({ status: 200, body: await rectification.getCase(call.params.id, call.actor) }),
  }),
  defineEndpoint({
    id: 'rectifications.deadline',
    method: 'get',
    path: '/rectifications/:id/deadlines/:clock',
    tag,
    summary: '一个期限逐日怎样算出',
    access: reading,
    ownRows: true,
    request: { params: z.object({ id, clock: RectificationClockName }) },
    answers: { 200: ExplainedCaseDeadline },
    handle: async (call) => ({ status: 200, body: await rectification.explainDeadline(call.params.id, call.params.clock, call.actor) }),
  }),
];

const noteEndpoints = ({ rectification }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'rectifications.contact',
    method: 'post',
    path: '/rectifications/:id/contacts',
    tag,
    summary: '登记一次联系评价人',
    access: moving,
    ownRows: true,
    request: { params, body: ContactInput },
    answers: { 201: RectificationDetail },
    handle: async ({ params: { id: caseId }, body, actor }) => {
      await rectification.recordContact(caseId, body, actor);
      return { status: 201, body: await rectification.getCase(caseId, actor) };
    },
  }),
  defineEndpoint({
    id: 'rectifications.callback',
    method: 'post',
    path: '/rectifications/:id/callbacks',
    tag,
    summary: '登记一次回访，接通与否逐次留痕',
    access: moving,
    ownRows: true,
    request: { params, body: CallbackInput },
    answers: { 201: RectificationDetail },
    handle: async ({ params: { id: caseId }, body, actor }) => {
      await rectification.recordCallback(caseId, body, actor);
      return { status: 201, body: await rectification.getCase(caseId, actor) };
    },
  }),
  defineEndpoint({
    id: 'rectifications.saveDraft',
    method: 'put',
    path: '/rectifications/:id/draft',
    tag,
    summary: '保存责任单位正在填写的内容',
    access: moving,
    ownRows: true,
    request: { params, body: RectificationForm },
    answers: { 200: SavedDraft },
    handle: async ({ params: { id: caseId }, body, actor }) => {
      const { draftVersion, savedAt } = await rectification.saveDraft(caseId, body, actor);
      return { status: 200, body: { draftVersion, savedAt: toShanghaiIso(savedAt) } };
    },
  }),
  defineEndpoint({
    id: 'rectifications.reveal',
    method: 'post',
    path: '/rectifications/:id/reveal',
    tag,
    summary: '查看评价人的一项明文，须填理由并留日志',
    access: { permission: 'personalData.reveal' },
    ownRows: true,
    request: { params, body: RevealRater },
    answers: { 200: RevealedRater },
    handle: async (call) => ({ status: 200, body: { field: call.body.field, value: await rectification.revealRater(call.params.id, call.body, call.actor) } }),
  }),
];

const labelOf = (action: string): string => [...new Set(rectificationLifecycle.rows.filter((row) => row.on === action).map((row) => row.label))].join('、');

const bySystemOnly = (action: string): boolean =>
  rectificationLifecycle.rows.filter((row) => row.on === action).every((row) => row.by.every((performer) => performer === 'SYSTEM'));

/** One operation for each action of the table, with the fields of that action and nothing else. */
const moveEndpoints = ({ rectification }: System): readonly Endpoint[] =>
  actionsOf(rectificationLifecycle)
    .filter((action) => !bySystemOnly(action))
    .map((action) =>
      defineEndpoint({
        id: `rectifications.moves.${action}`,
        method: 'post',
        path: `/rectifications/:id/moves/${action}`,
        tag,
        summary: labelOf(action),
        access: moving,
        ownRows: true,
        ifMatch: true,
        request: { params, body: inputOf(rectificationLifecycle, action) },
        answers: { 200: RectificationDetail },
        handle: async ({ params: { id: caseId }, body, actor, ifMatch }) => {
          await rectification.moveCase(caseId, { action, input: body, ifMatch }, actor);
          return { status: 200, body: await rectification.getCase(caseId, actor) };
        },
      }),
    );

export const rectificationEndpoints = (system: System): readonly Endpoint[] => [
  ...readingEndpoints(system),
  ...noteEndpoints(system),
  ...moveEndpoints(system),
];
