import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { z } from 'zod';
import { isRole, type Role, roleLabels } from '#contracts/vocabulary/roles';
import { type Api } from '../api/client';
import { type ApiProblem, asProblem } from '../api/problem';

const person = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string().optional(),
  orgId: z.string().optional(),
  orgName: z.string().optional(),
  workNo: z.string().nullish(),
  roles: z.array(z.string()),
});

const sessionAnswer = z.object({
  staff: person,
  permissions: z.array(z.string()).default([]),
  csrfToken: z.string(),
});

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly orgId: string;
  readonly orgName: string;
  readonly workNo: string | null;
  readonly roles: readonly Role[];
}

export type SessionState = 'unknown' | 'out' | 'in' | 'expired';

/** Who sits here and what they may do; the token for writes lives in memory only. */
export const useSession = defineStore('session', () => {
  const state = ref<SessionState>('unknown');
  const staff = shallowRef<Person | null>(null);
  const permissions = shallowRef<ReadonlySet<string>>(new Set());
  const csrfToken = ref<string | null>(null);

  const take = (answer: unknown): void => {
    const given = sessionAnswer.parse(answer);
    staff.value = {
      id: given.staff.id,
      name: given.staff.name,
      username: given.staff.username ?? '',
      orgId: given.staff.orgId ?? '',
      orgName: given.staff.orgName ?? '',
      workNo: given.staff.workNo ?? null,
      roles: given.staff.roles.filter(isRole),
    };
    permissions.value = new Set(given.permissions);
    csrfToken.value = given.csrfToken;
    state.value = 'in';
  };

  /** Reads the session of the cookie; a server that cannot be reached is not a sign-out. */
  const restore = async (api: Api): Promise<ApiProblem | null> => {
    try {
      take(await api.get('/session'));
      return null;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 401 || problem.status === 404) state.value = 'out';
      return problem;
    }
  };

  const signIn = async (api: Api, username: string, password: string): Promise<void> => {
    take(await api.post('/session', { body: { username, password } }));
  };

  const signOut = async (api: Api): Promise<void> => {
    await api.remove('/session');
    state.value = 'out';
    staff.value = null;
    csrfToken.value = null;
  };

  /** The session ended while a page is open: the page stays, with everything typed in it. */
  const expire = (): void => {
    if (state.value === 'in') state.value = 'expired';
  };

  const hasRole = (...roles: readonly Role[]): boolean => staff.value?.roles.some((role) => roles.includes(role)) === true;

  const post = computed(() => staff.value?.roles.map((role) => roleLabels[role]).join('、') ?? '');

  return {
    state,
    staff,
    permissions,
    csrfToken,
    post,
    restore,
    signIn,
    signOut,
    expire,
    hasRole,
    may: (permission: string) => permissions.value.has(permission),
  };
});
