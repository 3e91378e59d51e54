import type { ClientScope } from '#contracts/vocabulary/client-scopes';
import type { Role } from '#contracts/vocabulary/roles';

interface Grant {
  readonly roles: readonly Role[];
  /** Scopes of api clients that include this permission; none by default. */
  readonly scopes?: readonly ClientScope[];
}

const centre = ['AGENT', 'TEAM_LEAD', 'DISPATCHER', 'REVIEWER', 'CALLBACK_AGENT', 'RATING_SUPERVISOR', 'APPEAL_REVIEWER'] as const satisfies readonly Role[];
const units = ['HANDLER', 'ORG_APPROVER'] as const satisfies readonly Role[];
const editors = ['KB_EDITOR', 'KB_REVIEWER'] as const satisfies readonly Role[];
const workers = [...centre, ...units] as const;

/**
 * Who may do what at all (rules §2, security A-1). What is not listed is refused. Which moves of a case a role may make is said by
 * the lifecycle tables, which cases it may see by `scopes.ts`; both are asked besides this table.
 */
export const grants = {
  'rating.import': { roles: ['RATING_SUPERVISOR'], scopes: ['ratings:write'] },
  'rating.read': { roles: ['RATING_SUPERVISOR', 'APPEAL_REVIEWER', 'CALLBACK_AGENT', 'REVIEWER', ...units], scopes: ['ratings:read'] },
  'quarantine.read': { roles: ['RATING_SUPERVISOR'] },
  'quarantine.resolve': { roles: ['RATING_SUPERVISOR'] },
  'rectification.read': { roles: ['RATING_SUPERVISOR', 'APPEAL_REVIEWER', 'CALLBACK_AGENT', 'REVIEWER', ...units], scopes: ['rectifications:read'] },
  'rectification.move': { roles: ['RATING_SUPERVISOR', 'APPEAL_REVIEWER', 'CALLBACK_AGENT', ...units] },
  'report.closure': { roles: ['RATING_SUPERVISOR', 'APPEAL_REVIEWER', 'REVIEWER', 'ORG_APPROVER', 'HANDLER', 'MANAGER'], scopes: ['reports:read'] },
  'report.figures': { roles: [...workers, 'MANAGER'], scopes: ['reports:read'] },
  'ticket.register': { roles: ['AGENT', 'TEAM_LEAD', 'DISPATCHER'], scopes: ['tickets:write'] },
  'ticket.read': { roles: workers, scopes: ['tickets:read'] },
  'ticket.edit': { roles: ['AGENT', 'DISPATCHER'] },
  'ticket.move': { roles: ['AGENT', 'DISPATCHER', 'REVIEWER', 'CALLBACK_AGENT'] },
  'ticket.merge': { roles: ['DISPATCHER'] },
  'ticket.urge': { roles: centre },
  'ticket.supervise': { roles: ['DISPATCHER', 'REVIEWER', 'RATING_SUPERVISOR'] },
  'subOrder.read': { roles: workers },
  'subOrder.move': { roles: ['DISPATCHER', ...units] },
  'extension.request': { roles: ['HANDLER'] },
  'extension.decide': { roles: ['ORG_APPROVER', 'DISPATCHER'] },
  /** Plain view of one sealed field, with a reason and an audit entry (rules §11.2). */
  'personalData.reveal': { roles: ['AGENT', 'DISPATCHER', 'REVIEWER', 'CALLBACK_AGENT', 'RATING_SUPERVISOR', 'HANDLER'] },
  'attachment.upload': { roles: workers },
  'attachment.read': { roles: workers },
  'call.take': { roles: ['AGENT'] },
  'call.monitor': { roles: ['TEAM_LEAD'] },
  'call.read': { roles: ['AGENT', 'TEAM_LEAD', 'DISPATCHER', 'REVIEWER', 'CALLBACK_AGENT'] },
  'call.playback': { roles: ['TEAM_LEAD', 'REVIEWER', 'CALLBACK_AGENT'] },
  'queue.read': { roles: ['AGENT', 'TEAM_LEAD', 'DISPATCHER', 'CALLBACK_AGENT', 'MANAGER'] },
  'conversation.read': { roles: ['AGENT', 'TEAM_LEAD', 'DISPATCHER'] },
  'conversation.take': { roles: ['AGENT'] },
  'callbackTask.read': { roles: ['AGENT', 'TEAM_LEAD', 'CALLBACK_AGENT'] },
  'callbackTask.work': { roles: ['AGENT', 'CALLBACK_AGENT'] },
  'guide.read': { roles: [...workers, ...editors], scopes: ['guides:read'] },
  'guide.edit': { roles: ['KB_EDITOR'], scopes: ['guides:write'] },
  'guide.publish': { roles: ['KB_REVIEWER'] },
  'guide.correct': { roles: [...workers, ...editors] },
  'search.use': { roles: [...workers, ...editors], scopes: ['guides:read'] },
  'calendar.read': { roles: [...workers, ...editors, 'MANAGER', 'ADMIN'] },
  'calendar.import': { roles: ['ADMIN'] },
  'organization.read': { roles: [...workers, ...editors, 'MANAGER', 'ADMIN', 'AUDITOR'], scopes: ['organizations:read'] },
  'organization.manage': { roles: ['ADMIN'] },
  'staff.read': { roles: ['ADMIN', 'TEAM_LEAD', 'DISPATCHER', 'RATING_SUPERVISOR', ...units] },
  'staff.manage': { roles: ['ADMIN'] },
  'apiClient.manage': { roles: ['ADMIN'] },
  'setting.manage': { roles: ['ADMIN'] },
  'deadLetter.read': { roles: ['ADMIN'] },
  'audit.read': { roles: ['AUDITOR'] },
  /** Catch-up for screens; which rooms is asked per room. */
  'fact.read': { roles: [...workers, ...editors, 'MANAGER'] },
} as const satisfies Readonly<Record<string, Grant>>;

export type Permission = keyof typeof grants;

export const permissions = Object.keys(grants) as readonly Permission[];

const nobody: Grant = { roles: [] };

/** A name that came from elsewhere, even one that every object has, grants nothing. */
export const grantOf = (permission: Permission): Grant => (Object.hasOwn(grants, permission) ? grants[permission] : nobody);

export const rolesWith = (permission: Permission): readonly Role[] => grantOf(permission).roles;

/** What the screens of a person with these roles may show. */
export const permissionsOf = (held: readonly Role[]): readonly Permission[] =>
  permissions.filter((permission) => grantOf(permission).roles.some((role) => held.includes(role)));
