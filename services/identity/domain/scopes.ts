import type { Role } from '#contracts/vocabulary/roles';
import { type ClientActor, everything, hasRole, nothing, type Predicate, type StaffActor } from '#kernel';
import { ancestorPaths, regionPrefix, regionsAbove, seesWholeRegion } from './places';

/**
 * What can be listed, and the fields that its rows must offer in memory and in the database:
 * - `ticket`, `ticketFigures`: registeredBy, isSecret (boolean), accusedOrgPath, accusedStaffId, regionCode, side rows `subOrders` {orgPath, handlerId}.
 *   `accusedOrgPath` is the unit that must stay away: set it for a REPORT and for a secret ticket about a unit. A plain complaint about a
 *   unit's service may be handled by that unit (rules §2.2) and leaves it null.
 * - `rectification`, `rectificationFigures`, `rating`, `ratingFigures`: orgPath (null while no unit is known), ratedStaffId, regionCode.
 * - `quarantine`: regionCode (null while unreadable).
 * - `staff`, `organization`: orgPath, regionCode.
 * - `call`, `conversation`, `callbackTask`, `audit`, `apiClient`: none.
 */
export const resources = [
  'ticket',
  'ticketFigures',
  'rectification',
  'rectificationFigures',
  'rating',
  'ratingFigures',
  'quarantine',
  'call',
  'conversation',
  'callbackTask',
  'staff',
  'organization',
  'audit',
  'apiClient',
] as const;
export type Resource = (typeof resources)[number];

const isNull = (field: string): Predicate => ({ field, is: null });

/** In SQL `NOT (column = x)` is not true for null, so null is said aloud; both forms then agree. */
const nullOrNot = (field: string, barred: Predicate): Predicate => ({ any: [isNull(field), { not: barred }] });

const inRegion = (actor: StaffActor): Predicate => ({ field: 'regionCode', under: regionPrefix(actor.regionCode) });
const inUnit = (actor: StaffActor): Predicate => ({ field: 'orgPath', under: actor.orgPath });

/** rules §11.3: neither secret nor a report; phrased so that an unset or unread flag counts as secret. */
const open: Predicate = { all: [{ field: 'isSecret', is: false }, isNull('accusedOrgPath')] };

/** Roles of the hotline centre through whose hands every ticket goes, secret ones too. */
const chainRoles = ['DISPATCHER', 'REVIEWER', 'CALLBACK_AGENT'] as const satisfies readonly Role[];
export const centreRoles = [...chainRoles, 'AGENT', 'TEAM_LEAD', 'RATING_SUPERVISOR', 'APPEAL_REVIEWER'] as const satisfies readonly Role[];
const unitRoles = ['HANDLER', 'ORG_APPROVER'] as const satisfies readonly Role[];
const ratingRoles = ['RATING_SUPERVISOR', 'APPEAL_REVIEWER', 'CALLBACK_AGENT', 'REVIEWER'] as const satisfies readonly Role[];

const when = (holds: boolean, ...granted: readonly Predicate[]): readonly Predicate[] => (holds ? granted : []);

/** rules §2.2: neither the accused person nor anybody of the accused unit, at any depth. */
const notAccused = (actor: StaffActor): Predicate => ({
  all: [
    nullOrNot('accusedStaffId', { field: 'accusedStaffId', is: actor.id }),
    nullOrNot('accusedOrgPath', { field: 'accusedOrgPath', in: [...ancestorPaths(actor.orgPath)] }),
  ],
});

const ticketReach = (actor: StaffActor): readonly Predicate[] => [
  ...when(hasRole(actor, ...chainRoles), inRegion(actor)),
  ...when(hasRole(actor, ...centreRoles), { all: [inRegion(actor), open] }, { field: 'registeredBy', is: actor.id }),
  ...when(
    hasRole(actor, ...unitRoles),
    { all: [{ some: 'subOrders', matches: inUnit(actor) }, open] },
    { some: 'subOrders', matches: { field: 'handlerId', is: actor.id } },
  ),
];

/** Managers count and never open (rules §2): a government or a centre its whole region, a department its own subtree. */
const managedTickets = (actor: StaffActor): Predicate => ({
  all: [seesWholeRegion(actor) ? inRegion(actor) : { some: 'subOrders', matches: inUnit(actor) }, open],
});

const managedRatings = (actor: StaffActor): Predicate => (seesWholeRegion(actor) ? inRegion(actor) : inUnit(actor));

/** rules §6.3.3: the rated clerk sees neither rating nor rectification, whatever else the clerk may see. */
const notRated = (actor: StaffActor): Predicate => nullOrNot('ratedStaffId', { field: 'ratedStaffId', is: actor.id });

/** A case that no unit has yet must be seen by somebody who can assign it: one without a region, or of the province alone, by every supervisor there. */
const homeless = (actor: StaffActor): Predicate => ({
  all: [isNull('orgPath'), { any: [isNull('regionCode'), { field: 'regionCode', in: [...regionsAbove(actor.regionCode)] }] }],
});

const ratingReach = (actor: StaffActor): readonly Predicate[] => [
  ...when(hasRole(actor, ...ratingRoles), inRegion(actor)),
  ...when(hasRole(actor, 'RATING_SUPERVISOR'), homeless(actor)),
  ...when(hasRole(actor, ...unitRoles), inUnit(actor)),
];

const either = (reach: readonly Predicate[], ...limits: readonly Predicate[]): Predicate =>
  reach.length === 0 ? nothing : { all: [{ any: reach }, ...limits] };

const forRoles =
  (...roles: readonly Role[]) =>
  (actor: StaffActor): Predicate =>
    hasRole(actor, ...roles) ? everything : nothing;

const peopleReach = (actor: StaffActor): readonly Predicate[] => [
  ...when(hasRole(actor, 'ADMIN'), everything),
  ...when(hasRole(actor, 'TEAM_LEAD', 'DISPATCHER', 'RATING_SUPERVISOR'), inRegion(actor)),
  ...when(hasRole(actor, ...unitRoles), inUnit(actor)),
];

/** The data scope of staff, one line for each kind of row (security A-1, I-14). */
export const staffScopes: Readonly<Record<Resource, (actor: StaffActor) => Predicate>> = {
  ticket: (actor) => either(ticketReach(actor), notAccused(actor)),
  ticketFigures: (actor) => either([...ticketReach(actor), ...when(hasRole(actor, 'MANAGER'), managedTickets(actor))], notAccused(actor)),
  rectification: (actor) => either(ratingReach(actor), notRated(actor)),
  rectificationFigures: (actor) => either([...ratingReach(actor), ...when(hasRole(actor, 'MANAGER'), managedRatings(actor))], notRated(actor)),
  rating: (actor) => either(ratingReach(actor), notRated(actor)),
  ratingFigures: (actor) => either([...ratingReach(actor), ...when(hasRole(actor, 'MANAGER'), managedRatings(actor))], notRated(actor)),
  quarantine: (actor) => either(when(hasRole(actor, 'RATING_SUPERVISOR'), inRegion(actor), isNull('regionCode'))),
  call: forRoles('AGENT', 'TEAM_LEAD', 'DISPATCHER', 'REVIEWER', 'CALLBACK_AGENT'),
  conversation: forRoles('AGENT', 'TEAM_LEAD', 'DISPATCHER'),
  callbackTask: forRoles('AGENT', 'TEAM_LEAD', 'CALLBACK_AGENT'),
  staff: (actor) => either(peopleReach(actor)),
  // Who is responsible for what is public; every unit may be named as a destination.
  organization: () => everything,
  audit: forRoles('AUDITOR'),
  apiClient: forRoles('ADMIN'),
};

const clientScopeOf: Partial<Readonly<Record<Resource, string>>> = {
  ticket: 'tickets:read',
  rectification: 'rectifications:read',
  rating: 'ratings:read',
  ticketFigures: 'reports:read',
  rectificationFigures: 'reports:read',
  ratingFigures: 'reports:read',
  organization: 'organizations:read',
};

/** A peer system lists only what one of its scopes names, and never what is kept secret. */
export const clientScope = (actor: ClientActor, resource: Resource): Predicate => {
  const needed = clientScopeOf[resource];
  if (needed === undefined || !actor.scopes.includes(needed)) return nothing;
  return resource === 'ticket' || resource === 'ticketFigures' ? open : everything;
};
