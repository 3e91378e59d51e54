import { type CitizenActor, DomainError } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Call, Leg } from '../domain/call';
import { RowChanged, settled, type TelephonyTools } from './tools';

export interface AttachRequest {
  /** From the handshake; names the leg. */
  readonly token: string;
  readonly callId: string;
  readonly legId: string;
  readonly resumeToken: string;
  readonly epoch: number | null;
  readonly address: string;
}

export interface AttachedCitizen {
  readonly call: Call;
  readonly leg: Leg;
  /** Minted for a new page; null when the page that was there came back. */
  readonly resumeToken: string | null;
}

const refused = (): DomainError => new DomainError({ kind: 'gone', code: 'telephony/resume-refused', message: '这通电话已经结束，或已在另一个窗口继续。' });

const fits = (tools: TelephonyTools, leg: Leg, request: AttachRequest): boolean => {
  const given = tools.crypto.hashOf('token', request.resumeToken);
  return leg.callId === request.callId && leg.id === request.legId && (leg.resumeHash === given || leg.nextResumeHash === given);
};

const attach = async (
  tools: TelephonyTools,
  work: UnitOfWork,
  given: { readonly request: AttachRequest; readonly mintToken: () => string },
): Promise<AttachedCitizen | null> => {
  const { request } = given;
  const leg = await tools.store.legs.one({ tokenHash: tools.crypto.hashOf('token', request.token) }, work);
  const call = leg === null ? null : await tools.store.calls.one({ id: leg.callId }, work);
  if (leg === null || call === null || call.state === 'CLOSED' || leg.state === 'ENDED' || !fits(tools, leg, request)) return null;
  const samePage = request.epoch !== null && request.epoch === leg.epoch;
  const resumeToken = samePage ? null : given.mintToken();
  const changes: Partial<Leg> = {
    seenAt: work.now,
    version: leg.version + 1,
    ...(resumeToken === null ? {} : { epoch: leg.epoch + 1, nextResumeHash: tools.crypto.hashOf('token', resumeToken) }),
  };
  if ((await tools.store.legs.update({ id: leg.id, version: leg.version }, changes, work)) !== 1) throw new RowChanged();
  return { call, leg: { ...leg, ...changes }, resumeToken };
};

/** A page of the citizen takes up its call, for the first time, after a lost connection or after a reload. */
export const createAttachCitizen = (tools: TelephonyTools, mintToken: () => string) => ({
  attach: async (request: AttachRequest): Promise<AttachedCitizen> => {
    const attached = await settled(tools, (work) => attach(tools, work, { request, mintToken }));
    if (attached !== null) return attached;
    const actor: CitizenActor = { kind: 'citizen', id: request.callId, address: request.address };
    await tools.database.inTransaction((work) => {
      work.audit({ actor, action: 'call.resume', objectType: 'call', objectId: request.callId, result: 'refused' });
      return Promise.resolve();
    });
    throw refused();
  },

  /** The page has its new token: from here the old one opens nothing (design-channels C18). */
  confirm: (legId: string): Promise<void> =>
    settled(tools, async (work) => {
      const leg = await tools.store.legs.one({ id: legId }, work);
      if (leg === null || leg.nextResumeHash === null) return;
      await tools.store.legs.update(
        { id: legId, version: leg.version },
        { resumeHash: leg.nextResumeHash, nextResumeHash: null, version: leg.version + 1 },
        work,
      );
    }),
});
