import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { SessionAnswer } from '#contracts/api/identity';
import { type Role, roleLabels } from '#contracts/vocabulary/roles';
import type { Api } from '../api/client';
import { type ApiProblem, asProblem } from '../api/problem';

export type Person = SessionAnswer['staff'];

export type SessionState = 'unknown' | 'out' | 'in' | 'expired';

/** Who sits here and what they may do; the token for writes lives in memory only. */
export const useSession = defineStore('session', () => {
  const state = ref<SessionState>('unknown');
  const staff = shallowRef<Person | null>(null);
  /** As typed at the sign-in of this page; a page that was opened with a cookie does not know it. */
  const username = ref('');
  const csrfToken = ref<string | null>(null);

  const take = (answer: SessionAnswer): void => {
    staff.value = answer.staff;
    csrfToken.value = answer.csrfToken;
    state.value = 'in';
  };

  /** Reads the session of the cookie; a server that cannot be reached is not a sign-out. */
  const restore = async (api: Api): Promise<ApiProblem | null> => {
    try {
      take(await api.get<SessionAnswer>('/session'));
      return null;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 401 || problem.status === 404) state.value = 'out';
      return problem;
    }
  };

  const signIn = async (api: Api, name: string, password: string): Promise<void> => {
    take(await api.post<SessionAnswer>('/session', { body: { username: name, password } }));
    username.value = name;
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
  const may = (permission: string): boolean => staff.value?.permissions.includes(permission) === true;
  const post = computed(() => staff.value?.roles.map((role) => roleLabels[role]).join('、') ?? '');

  return { state, staff, username, csrfToken, post, restore, signIn, signOut, expire, hasRole, may };
});
