import type { Role } from '#contracts/vocabulary/roles';

/** A signed-in person of an organisation, as every use-case receives them. */
export interface StaffActor {
  readonly kind: 'staff';
  readonly id: string;
  readonly name: string;
  readonly orgId: string;
  /** Materialised path of the unit, `/root/…/own/`: the data scope is the subtree below it. */
  readonly orgPath: string;
  readonly regionCode: string;
  readonly roles: readonly Role[];
  readonly sessionId: string;
  /** Where the request came from, for the audit log (rules §11.6). */
  readonly address: string;
}

/** A peer system with a hashed key and scopes such as `ratings:write`. */
export interface ClientActor {
  readonly kind: 'client';
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly address: string;
}

/** Somebody without an account; `subject` is the anonymous token's id where there is one. */
export interface CitizenActor {
  readonly kind: 'citizen';
  readonly id: string;
  readonly address: string;
}

/** The product itself: sweeps, reactions, imports. */
export interface SystemActor {
  readonly kind: 'system';
  readonly id: string;
}

export type Actor = StaffActor | ClientActor | CitizenActor | SystemActor;

export const systemActor: SystemActor = { kind: 'system', id: 'SYSTEM' };

export const hasRole = (actor: Actor, ...roles: readonly Role[]): boolean => actor.kind === 'staff' && actor.roles.some((role) => roles.includes(role));
