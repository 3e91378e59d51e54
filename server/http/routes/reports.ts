import { ClosureCases, ClosureCasesQuery, ClosureQuery, ClosureReport } from '#contracts/api/reports';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '报表';
const access = { permission: 'report.closure', scopes: ['reports:read'] } as const;

export const reportEndpoints = ({ rectification }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'reports.closure',
    method: 'get',
    path: '/reports/closure',
    tag,
    summary: '差评闭环台账：每个比率的分子、分母，与并列公布的不予采纳、逾期、仍不满意、未到期',
    access,
    ownRows: true,
    slow: true,
    request: { query: ClosureQuery },
    answers: { 200: ClosureReport },
    handle: async ({ query, actor }) => ({ status: 200, body: await rectification.closureReport(query, actor) }),
  }),
  defineEndpoint({
    id: 'reports.closureCases',
    method: 'get',
    path: '/reports/closure/cases',
    tag,
    summary: '台账中一个数字背后的整改单',
    access,
    ownRows: true,
    slow: true,
    request: { query: ClosureCasesQuery },
    answers: { 200: ClosureCases },
    handle: async ({ query, actor }) => ({ status: 200, body: await rectification.closureCases(query, actor) }),
  }),
];
