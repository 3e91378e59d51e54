import { randomBytes } from 'node:crypto';
import type { IceServer } from '#contracts/realtime/telephony';
import type { Clock, Ids } from '#kernel';
import type { Database, FieldCrypto, Lease, Logger, UnitOfWork } from '#platform';
import { createEmbeddedAdapter } from './carriers/embedded-adapter';
import type { NumberPlan } from './domain/phone-number';
import { parseSettings, type QueueSettings } from './domain/settings';
import type { AdapterId, TelephonyAdapter, TelEvent } from './port';
import { createCallQueries } from './queries/calls';
import { createCallerCard, type History } from './queries/caller-card';
import { createTaskQueries, presentTask } from './queries/callback-tasks';
import { createQueueQueries } from './queries/queue-overview';
import { createSignallingViews } from './queries/signalling-views';
import { createOverdueCustodies, createVerifyTelephony } from './queries/verify-telephony';
import { createSequelizeTelephonyStore } from './store/sequelize-telephony-store';
import { createAgentStates } from './use-cases/agent-states';
import { createStartWebCall } from './use-cases/arrive-call';
import { createAttachCitizen } from './use-cases/attach-citizen';
import { createRunCommands } from './use-cases/commands';
import { createHandleCall } from './use-cases/handle-call';
import { createIntakeEvent } from './use-cases/intake-event';
import { createOpenDrafts } from './use-cases/open-drafts';
import { createPresence } from './use-cases/presence';
import { createPump } from './use-cases/pump';
import { createReconcile } from './use-cases/reconcile';
import { createRouteCalls } from './use-cases/route-calls';
import { createSweep } from './use-cases/sweep';
import { type CallPolicy, type Drafts, hotlineQueue, type TelephonyTools } from './use-cases/tools';
import { createWorkOnTask } from './use-cases/work-on-task';
import { createWrapUp } from './use-cases/wrap-up';

export interface TelephonyDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly crypto: FieldCrypto;
  readonly policy: CallPolicy;
  readonly lease: Lease;
  readonly logger: Logger;
  /** Opens the ticket draft of a call; the tickets' door behind an adapter of the composition. */
  readonly drafts: Drafts;
  /** Earlier matters of a number; likewise. */
  readonly history: History;
  /** Whether somebody may open the ticket that a call-back is to be noted in. */
  readonly maySeeTicket: TelephonyTools['maySeeTicket'];
  readonly numberPlan?: NumberPlan;
  /** Asked anew for each page, because relay credentials expire. */
  readonly iceServers?: () => readonly IceServer[];
  /** Beside the built-in web call: other carriers, or the simulator in tests. */
  readonly carriers?: readonly TelephonyAdapter[];
}

const leaseName = 'telephony';
const leaseSeconds = 5;
const settingsForMs = 30_000;
const mintToken = (): string => randomBytes(32).toString('base64url');

const createSettings = (tools: Pick<TelephonyTools, 'store' | 'clock'>): ((work?: UnitOfWork) => Promise<QueueSettings>) => {
  let known: { readonly settings: QueueSettings; readonly at: number } | null = null;
  return async (work) => {
    const now = tools.clock.now().getTime();
    if (known === null || Math.abs(now - known.at) > settingsForMs) {
      const queue = await tools.store.queues.one({ id: hotlineQueue }, work);
      known = { settings: parseSettings(queue?.settings ?? '{}'), at: now };
    }
    return known.settings;
  };
};

export const createTelephony = (deps: TelephonyDeps) => {
  const { database, clock, logger, lease } = deps;
  const store = createSequelizeTelephonyStore(database.sequelize);
  const embedded = createEmbeddedAdapter({ clock, iceServers: deps.iceServers ?? (() => []) });
  const carriers: readonly TelephonyAdapter[] = [embedded, ...(deps.carriers ?? [])];
  const adapters = new Map<AdapterId, TelephonyAdapter>(carriers.map((adapter) => [adapter.id, adapter]));
  const numberPlan = deps.numberPlan ?? { areaCode: '', channel: 'voice' };
  let fence = 0;

  const tools: TelephonyTools = { ...deps, store, adapters, numberPlan, settings: createSettings({ store, clock }), wake: () => pump.wake() };

  const runCommands = createRunCommands(tools, () => fence);
  const openDrafts = createOpenDrafts(tools);
  const routeCalls = createRouteCalls(tools);
  const work = async (): Promise<void> => {
    await runCommands();
    await openDrafts();
    await routeCalls();
  };
  const pump = createPump(work, (error) => logger.error({ event: 'telephony.pump-failed', errorName: (error as Error).name }));

  const intake = createIntakeEvent(tools);
  const reconcile = createReconcile(tools, intake);
  const sweep = createSweep(tools);
  const presence = createPresence(tools);
  const sink = async (event: TelEvent): Promise<void> => void (await intake(event));

  /** Each second on every node; only the holder of the lease sweeps. Answers whether this node was the one. */
  const tick = async (): Promise<boolean> => {
    await presence.flush();
    const held = await lease.hold(leaseName, leaseSeconds);
    if (held === null) return false;
    if (held !== fence) {
      fence = held;
      await reconcile();
    }
    await sweep();
    pump.wake();
    return true;
  };

  return {
    ...createHandleCall(tools),
    wrapUp: createWrapUp(tools),
    agents: createAgentStates(tools),
    calls: createCallQueries(tools),
    queue: createQueueQueries(tools),
    callerCard: createCallerCard(tools, deps.history),
    callbackTasks: { ...createTaskQueries(tools), ...createWorkOnTask(tools), present: (...given: PresentTask) => presentTask(tools, ...given) },
    startWebCall: createStartWebCall(tools, mintToken),
    /** For the signalling on sockets. */
    signalling: { ...createAttachCitizen(tools, mintToken), ...createSignallingViews(tools, embedded), embedded },
    presence,
    intake,
    tick,
    reconcile,
    verify: createVerifyTelephony(tools),
    /** Gauge: calls for which a deadline passed more than ten seconds ago; 0 while the sweeper runs. */
    overdueCustodies: createOverdueCustodies(tools),
    health: () => Promise.all(carriers.map(async (adapter) => ({ adapter: adapter.id, ...(await adapter.health()) }))),
    start: async (): Promise<void> => {
      for (const adapter of carriers) await adapter.start(sink);
    },
    /** Waits until commands, drafts and routing have nothing left to do. */
    settle: () => pump.idle(),
    stop: async (): Promise<void> => {
      await pump.stop();
      for (const adapter of carriers) await adapter.stop({ drainMs: 0 });
    },
  };
};

type PresentTask = Parameters<typeof presentTask> extends [unknown, ...infer Rest] ? Rest : never;

export type Telephony = ReturnType<typeof createTelephony>;
export type { EmbeddedMessage, EmbeddedTransport } from './carriers/embedded-adapter';
export { createFakeAdapter, type FakeAdapter } from './carriers/fake-adapter';
export { maskNumber, type NumberKind, type NumberPlan, type PhoneNumber } from './domain/phone-number';
export { normalizeNumber } from './use-cases/normalize-number';
export type { History, HistoryTicket, PhoneHistory } from './queries/caller-card';
export { secretNotice } from './queries/caller-card';
export type { TelephonyFinding } from './store/telephony-store';
export type { Caps, TelephonyAdapter, TelEvent } from './port';
export type { DraftRequest, Drafts } from './use-cases/tools';
