import { explainedDeadline, nationwide, readArrangementCsv } from '#calendar';
import {
  CalendarRegionQuery,
  CalendarYearParams,
  CalendarYears,
  CalendarYearTable,
  DeadlineQuery,
  ExplainedDeadline,
  ImportCalendarFile,
  ImportCalendarYear,
  ImportedCalendarYear,
} from '#contracts/api/calendar';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';

const tag = '工作日历';

const readingEndpoints = ({ calendar }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'calendar.years',
    method: 'get',
    path: '/calendar/years',
    tag,
    summary: '已导入的年度日历，以及缺少的年度',
    access: { permission: 'calendar.read' },
    answers: { 200: CalendarYears },
    handle: async () => ({ status: 200, body: { calendarVersion: calendar.version, missingYears: calendar.missingYears(), items: calendar.years() } }),
  }),
  defineEndpoint({
    id: 'calendar.year',
    method: 'get',
    path: '/calendar/years/:year',
    tag,
    summary: '一年中的每一天：工作日、周末、放假、补班',
    access: { permission: 'calendar.read' },
    request: { params: CalendarYearParams, query: CalendarRegionQuery },
    answers: { 200: CalendarYearTable },
    handle: async ({ params, query }) => ({ status: 200, body: calendar.yearTable(params.year, query.region ?? nationwide) }),
  }),
  defineEndpoint({
    id: 'calendar.deadline',
    method: 'get',
    path: '/calendar/deadline',
    tag,
    summary: '试算期限，并逐日说明',
    access: { permission: 'calendar.read' },
    request: { query: DeadlineQuery },
    answers: { 200: ExplainedDeadline },
    handle: async ({ query }) => ({ status: 200, body: explainedDeadline(calendar, query) }),
  }),
];

const importingEndpoints = ({ calendar }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'calendar.import',
    method: 'put',
    path: '/calendar/years/:year',
    tag,
    summary: '导入一个年度的放假与补班表，整份替换',
    access: { permission: 'calendar.import' },
    request: { params: CalendarYearParams, body: ImportCalendarYear },
    answers: { 200: ImportedCalendarYear },
    handle: async ({ params, body, actor }) => ({
      status: 200,
      body: await calendar.importYear({ year: params.year, region: body.region ?? nationwide, source: body.source, days: body.days }, actor),
    }),
  }),
  defineEndpoint({
    id: 'calendar.importFile',
    method: 'put',
    path: '/calendar/years/:year/file',
    tag,
    summary: '以表格（日期,类型,名称）导入一个年度',
    access: { permission: 'calendar.import' },
    request: { params: CalendarYearParams, body: ImportCalendarFile },
    answers: { 200: ImportedCalendarYear },
    handle: async ({ params, body, actor }) => ({
      status: 200,
      body: await calendar.importYear({ year: params.year, region: body.region ?? nationwide, source: body.source, days: readArrangementCsv(body.csv) }, actor),
    }),
  }),
];

export const calendarEndpoints = (system: System): readonly Endpoint[] => [...readingEndpoints(system), ...importingEndpoints(system)];
