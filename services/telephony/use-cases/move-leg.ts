import { decide } from '#contracts/lifecycles/lifecycle';
import { legActionFor, type LegCause, legLifecycle, type LegState } from '#contracts/lifecycles/leg.lifecycle';
import type { UnitOfWork } from '#platform';
import type { Leg } from '../domain/call';
import { RowChanged, type TelephonyTools } from './tools';

/** Applies a reported state; answers null for what is late or repeated, which is logged and not applied. */
export const moveLeg = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  leg: Leg,
  reported: { readonly state: LegState; readonly cause?: LegCause; readonly at: Date },
): Promise<Leg | null> => {
  const decision = decide(legLifecycle, { state: leg.state }, { action: legActionFor[reported.state], performers: ['SYSTEM'], facts: {} });
  if (!decision.ok) return null;
  const state = decision.to as LegState;
  const changes: Partial<Leg> = {
    state,
    version: leg.version + 1,
    ...(state === 'UP' && leg.upAt === null ? { upAt: reported.at } : {}),
    ...(state === 'ENDED' ? { endedAt: reported.at, cause: reported.cause ?? 'normal' } : {}),
  };
  if ((await tools.store.legs.update({ id: leg.id, version: leg.version }, changes, work)) !== 1) throw new RowChanged();
  return { ...leg, ...changes };
};

export const endLegs = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly callId: string; readonly party?: 'AGENT'; readonly cause: LegCause },
): Promise<void> => {
  const legs = await tools.store.legs.many({ where: { callId: given.callId, ...(given.party === undefined ? {} : { party: given.party }) } }, work);
  for (const leg of legs) await moveLeg(tools, work, leg, { state: 'ENDED', cause: given.cause, at: work.now });
};

export const citizenLegOf = async (tools: TelephonyTools, callId: string, work?: UnitOfWork): Promise<Leg | null> =>
  tools.store.legs.one({ callId, party: 'CITIZEN' }, work);
