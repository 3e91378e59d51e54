import { createRouter, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router';
import type { Api } from '../shared/api/client';
import { homeOf, pages } from './pages';
import { useSession } from '../shared/session/session-store';

const routes: readonly RouteRecordRaw[] = [
  { path: '/sign-in', name: 'sign-in', component: () => import('./SignInPage.vue'), meta: { title: '登录', open: true } },
  ...pages.map((page) => ({ path: `${page.path}/:id?`, name: page.path, component: page.load, meta: { title: page.title, roles: page.roles } })),
  { path: '/no-page', component: () => import('./NoPage.vue'), meta: { title: '没有可用的工作台' } },
  { path: '/:rest(.*)*', component: () => import('./NoPage.vue'), meta: { title: '没有这个页面' } },
];

/** Only addresses of this site: a link must not carry people elsewhere after signing in. */
const localPath = (given: unknown): string | null => (typeof given === 'string' && given.startsWith('/') && !given.startsWith('//') ? given : null);

export const createStaffRouter = (api: Api): Router => {
  const router = createRouter({ history: createWebHistory(), routes: [...routes] });

  router.beforeEach(async (to) => {
    const session = useSession();
    if (session.state === 'unknown') await session.restore(api);
    const signedIn = session.state === 'in' || session.state === 'expired';
    if (to.meta['open'] === true) {
      if (!signedIn) return true;
      return localPath(to.query['to']) ?? homeOf(session.staff?.roles ?? []);
    }
    if (!signedIn) return { path: '/sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } };
    const roles = to.meta['roles'];
    if (Array.isArray(roles) && !session.staff?.roles.some((role) => roles.includes(role))) return homeOf(session.staff?.roles ?? []);
    return true;
  });
  router.afterEach((to) => {
    const { title } = to.meta;
    document.title = typeof title === 'string' ? `${title} · 回音` : '回音';
  });
  return router;
};
