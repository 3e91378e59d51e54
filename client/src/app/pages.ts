import type { Component } from 'vue';
import type { Role } from '#contracts/vocabulary/roles';

export interface PageSpec {
  readonly path: string;
  /** In the navigation and the browser's title. */
  readonly title: string;
  /** Who has the page in the navigation; the server decides what they see on it. */
  readonly roles: readonly Role[];
  readonly load: () => Promise<Component>;
}

/**
 * One line per staff page, in the order of the navigation; the first page that a person's roles allow is their home.
 * A page is a folder in features with a `…Page.vue` that starts with `StaffFrame`.
 */
export const pages: readonly PageSpec[] = [
  {
    path: '/console',
    title: '坐席工作台',
    roles: ['AGENT', 'TEAM_LEAD'],
    load: () => import('../features/console/ConsolePage.vue'),
  },
  {
    path: '/dispatch',
    title: '派单督办',
    roles: ['DISPATCHER'],
    load: () => import('../features/dispatch/DispatchPage.vue'),
  },
  {
    path: '/review',
    title: '办理审核',
    roles: ['REVIEWER'],
    load: () => import('../features/review/ReviewPage.vue'),
  },
  {
    path: '/callback',
    title: '回访',
    roles: ['CALLBACK_AGENT'],
    load: () => import('../features/callback/CallbackPage.vue'),
  },
  {
    path: '/supervise',
    title: '差评督导',
    roles: ['RATING_SUPERVISOR', 'APPEAL_REVIEWER'],
    load: () => import('../features/supervise/SupervisePage.vue'),
  },
  {
    path: '/desk',
    title: '差评整改',
    roles: ['HANDLER', 'ORG_APPROVER', 'RATING_SUPERVISOR'],
    load: () => import('../features/desk/DeskPage.vue'),
  },
  {
    path: '/desk/orders',
    title: '诉求办理',
    roles: ['HANDLER', 'ORG_APPROVER'],
    load: () => import('../features/desk/OrdersPage.vue'),
  },
  {
    path: '/manage',
    title: '整改台账',
    roles: ['MANAGER', 'RATING_SUPERVISOR', 'APPEAL_REVIEWER', 'ORG_APPROVER', 'REVIEWER'],
    load: () => import('../features/manage/ManagePage.vue'),
  },
];

export const pagesFor = (roles: readonly Role[]): readonly PageSpec[] => pages.filter((page) => page.roles.some((role) => roles.includes(role)));

export const homeOf = (roles: readonly Role[]): string => pagesFor(roles)[0]?.path ?? '/no-page';
