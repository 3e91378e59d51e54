import { timingSafeEqual } from 'node:crypto';
import type { CitizenActor } from '#kernel';
import { tokenUnknown } from '../domain/refusals';
import type { UseCaseDeps } from './deps';

const equal = (given: string, expected: string): boolean => {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
};

/** The bearer of a conversation's token is its citizen; an unknown conversation and a wrong token are told apart by nobody. */
export const createAuthenticateCitizen =
  (deps: UseCaseDeps) =>
  async (conversationId: string, given: { readonly token: string | null; readonly address: string }): Promise<CitizenActor> => {
    const found = given.token === null ? null : await deps.conversations.find(conversationId);
    const fits = found !== null && given.token !== null && equal(deps.crypto.hashOf('token', given.token), found.tokenHash);
    if (!fits) throw tokenUnknown();
    return { kind: 'citizen', id: conversationId, address: given.address };
  };
