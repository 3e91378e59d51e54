import type { UnitOfWork } from '#platform';
import type { Call, StoredCommand } from '../domain/call';
import { after } from '../domain/settings';
import type { Cmd, TelephonyAdapter, WaitProgram } from '../port';
import type { TelephonyTools } from './tools';

type Order =
  | { readonly kind: 'park'; readonly leg: string; readonly program: WaitProgram }
  | { readonly kind: 'connectAgent'; readonly offerId: string; readonly agentId: string }
  | { readonly kind: 'setMix'; readonly groups: readonly (readonly string[])[] }
  | { readonly kind: 'play'; readonly leg: string; readonly prompt: string }
  | { readonly kind: 'drop'; readonly leg: string; readonly cause: string }
  | { readonly kind: 'end'; readonly cause: string };

/** Written with its cause, carried out after the commit, repeated until the carrier took it; `cmdId` makes it once. */
export const order = async (tools: TelephonyTools, work: UnitOfWork, call: Pick<Call, 'id' | 'adapter'>, what: Order): Promise<void> => {
  const { kind, ...detail } = what;
  const command: StoredCommand = {
    id: tools.ids.next(),
    callId: call.id,
    adapter: call.adapter,
    kind,
    detail: JSON.stringify(detail),
    state: 'PENDING',
    attempts: 0,
    nextAt: work.now,
    at: work.now,
  };
  await tools.store.commands.insert(command, work);
  work.afterCommit(tools.wake);
};

export const waitProgram = (given: { readonly hasNumber: boolean; readonly apology?: boolean; readonly callbackOfferAfter: number }): WaitProgram => ({
  music: 'hold',
  say: [
    ...(given.apology === true ? [{ everySec: 0, text: 'apology' as const }] : []),
    { everySec: 30, text: 'position' },
    { everySec: 30, text: 'band' },
    ...(given.hasNumber ? [{ everySec: given.callbackOfferAfter, text: 'callbackOffer' as const }] : []),
  ],
  keys: given.hasNumber ? { '1': 'callback' } : {},
});

const carryOut = async (adapter: TelephonyAdapter, cmd: Cmd, what: Order): Promise<void> => {
  switch (what.kind) {
    case 'park':
      return adapter.park({ ...cmd, leg: what.leg, program: what.program });
    case 'connectAgent':
      await adapter.connectAgent({ ...cmd, offerId: what.offerId, agentId: what.agentId });
      return undefined;
    case 'setMix':
      return adapter.setMix({ ...cmd, groups: what.groups });
    case 'play':
      return adapter.play({ ...cmd, leg: what.leg, prompt: what.prompt });
    case 'drop':
      return adapter.drop({ ...cmd, leg: what.leg, cause: what.cause });
    case 'end':
      return adapter.end({ ...cmd, cause: what.cause });
  }
};

const maxAttempts = 6;

/** Runs what is due, in the order in which it was written; answers how many were carried out. */
export const createRunCommands = (tools: TelephonyTools, fence: () => number) => async (): Promise<number> => {
  const now = tools.clock.now();
  const due = await tools.store.commands.many({ where: { state: 'PENDING', nextAt: { lte: now.getTime() } }, order: [['id', 'ASC']], limit: 100 });
  if (due.length === 0) return 0;
  const done: string[] = [];
  for (const command of due) {
    const adapter = tools.adapters.get(command.adapter);
    try {
      if (adapter === undefined) throw new Error('no adapter');
      const what = { kind: command.kind, ...(JSON.parse(command.detail) as object) } as Order;
      await carryOut(adapter, { cmdId: command.id, fence: fence(), callId: command.callId }, what);
      done.push(command.id);
    } catch (error) {
      const attempts = command.attempts + 1;
      tools.logger.warn({ event: 'telephony.command-failed', callId: command.callId, kind: command.kind, attempts, errorName: (error as Error).name });
      const state = attempts >= maxAttempts ? 'FAILED' : 'PENDING';
      await tools.database.inTransaction((work) =>
        tools.store.commands.update({ id: command.id }, { attempts, state, nextAt: after(now, 2 ** attempts) }, work),
      );
    }
  }
  await tools.database.inTransaction((work) => tools.store.commands.update({ id: { in: done }, state: 'PENDING' }, { state: 'DONE' }, work));
  return done.length;
};
