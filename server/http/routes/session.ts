import { ChangeOwnPasswordRequest, SessionAnswer, SignInRequest } from '#contracts/api/identity';
import { DomainError, fail, forbidden, type Actor, type StaffActor } from '#kernel';
import type { System } from '../../composition/system';
import { defineEndpoint, type Endpoint } from '../endpoint';
import { presentSession } from '../present/identity';

const notSignedIn = (): DomainError => new DomainError({ kind: 'unauthenticated', code: 'sign-in-required', message: '请先登录，或登录已过期。' });

const asStaff = (actor: Actor): StaffActor => (actor.kind === 'staff' ? actor : fail(forbidden()));

/** Signing in, knowing who one is, signing out. Not idempotent by key: the answer holds secrets that must not be stored. */
export const sessionEndpoints = ({ identity }: System): readonly Endpoint[] => [
  defineEndpoint({
    id: 'session.create',
    method: 'post',
    path: '/session',
    tag: '登录',
    summary: '用户名和密码登录，得到会话 Cookie 与 CSRF 令牌',
    access: 'public',
    request: { body: SignInRequest },
    answers: { 201: SessionAnswer },
    handle: async ({ body, address, session }) => {
      const signedIn = await identity.sessions.signIn({ loginName: body.username, password: body.password, address });
      // A new person in the same browser ends the old one's session (no fixation, nothing left open).
      if (session.token !== null) await identity.sessions.signOut(session.token, address);
      return { status: 201, body: await presentSession(identity, signedIn), headers: { 'Set-Cookie': session.cookie(signedIn.token) } };
    },
  }),
  defineEndpoint({
    id: 'session.read',
    method: 'get',
    path: '/session',
    tag: '登录',
    summary: '当前登录人、角色与权限',
    access: 'signedIn',
    answers: { 200: SessionAnswer },
    handle: async ({ session, address }) => {
      const view = session.token === null ? null : await identity.sessions.actorOf(session.token, address);
      return { status: 200, body: await presentSession(identity, view ?? fail(notSignedIn())) };
    },
  }),
  defineEndpoint({
    id: 'session.delete',
    method: 'delete',
    path: '/session',
    tag: '登录',
    summary: '退出登录',
    access: 'public',
    answers: { 204: null },
    handle: async ({ session, address }) => {
      if (session.token !== null) await identity.sessions.signOut(session.token, address);
      return { status: 204, headers: { 'Set-Cookie': session.cookie(null), 'Clear-Site-Data': '"cache", "storage"' } };
    },
  }),
  defineEndpoint({
    id: 'session.changePassword',
    method: 'post',
    path: '/session/password',
    tag: '登录',
    summary: '修改自己的密码；所有会话随之结束',
    access: 'signedIn',
    request: { body: ChangeOwnPasswordRequest },
    answers: { 204: null },
    handle: async ({ body, actor, session }) => {
      await identity.staff.changeOwnPassword(body, asStaff(actor));
      return { status: 204, headers: { 'Set-Cookie': session.cookie(null) } };
    },
  }),
  defineEndpoint({
    id: 'session.deleteAll',
    method: 'delete',
    path: '/session/all',
    tag: '登录',
    summary: '结束自己的所有会话',
    access: 'signedIn',
    answers: { 204: null },
    handle: async ({ actor, session }) => {
      await identity.sessions.revokeAllOf(actor.id, actor);
      return { status: 204, headers: { 'Set-Cookie': session.cookie(null) } };
    },
  }),
];
