import type { CreateTicketBody } from '#contracts/api/tickets';
import { decide } from '#contracts/lifecycles/lifecycle';
import { ticketLifecycle, type TicketState } from '#contracts/lifecycles/ticket.lifecycle';
import { type Actor, createReceiptCode, forbidden, invalid, shanghaiDay, systemActor } from '#kernel';
import type { UnitOfWork } from '#platform';
import { keepsAccusedAway } from '../domain/avoidance';
import { performersOf } from '../domain/refusals';
import { roomsOf, ticketPayload } from './rooms';
import { isServed } from '../domain/territory';
import type { Complainant, Ticket } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import { findAccused } from './accused';
import { firstClocks, shownClock } from './clocks';
import { sealedComplainant, sealedForm } from './sealed-form';
import { mustSeeTied } from './ties';
import type { TicketTools } from './tools';

export interface RegisterInput extends CreateTicketBody {
  /** The agent for whom the system begins the draft, such as when a call is answered. */
  readonly registeredBy?: string | undefined;
}

export interface Registered {
  readonly ticket: Ticket;
  /** Told once to the citizen; kept as a hash, and sealed for whoever reads it out again. */
  readonly receiptCode: string;
}

/** rules §3.5: staff begin a draft, everything else that arrives waits for acceptance. */
const startOf = (input: RegisterInput, actor: Actor): 'register' | 'submitOnline' =>
  actor.kind === 'staff' || (actor.kind === 'system' && input.registeredBy !== undefined) ? 'register' : 'submitOnline';

const stateAfter = (action: 'register' | 'submitOnline', actor: Actor): TicketState => {
  // A peer system hands in as the platform does; its right to do so is a scope that the policy has checked.
  const performers = actor.kind === 'client' ? (['SYSTEM'] as const) : performersOf(actor);
  const decision = decide(ticketLifecycle, { state: null }, { action, performers, facts: {} });
  if (!decision.ok) throw forbidden('您的角色不能登记工单。');
  return decision.to as TicketState;
};

/** A draft begins where its agent sits; whatever comes from outside must name a place that somebody here serves. */
const regionOf = async (tools: TicketTools, input: RegisterInput, actor: Actor): Promise<string> => {
  if (actor.kind === 'staff') return input.regionCode ?? actor.regionCode;
  if (input.registeredBy !== undefined) {
    const person = await tools.staff.find(input.registeredBy);
    const unit = person === null ? null : await tools.organizations.find(person.orgId);
    return input.regionCode ?? unit?.regionCode ?? '000000';
  }
  if (input.regionCode === undefined) throw invalid('请填写事发区划。', [{ path: '/regionCode', code: 'required', message: '必填' }]);
  const centres = await tools.organizations.list({ kind: 'HOTLINE_CENTER', limit: 200 }, systemActor);
  if (
    !isServed(
      input.regionCode,
      centres.items.map((centre) => centre.regionCode),
    )
  ) {
    throw invalid('事发地不在本热线受理范围，请拨打当地区号加 12345。', [{ path: '/regionCode', code: 'out-of-territory', message: '不在受理范围' }]);
  }
  return input.regionCode;
};

/** Nothing has happened to a new ticket yet. */
const untouched = {
  version: 1,
  firstDispatchAt: null,
  closedAt: null,
  closeType: null,
  clockName: null,
  clockStartedAt: null,
  clockDueAt: null,
  urgeCount: 0,
  returnCount: 0,
  extensionCount: 0,
  rehandleCount: 0,
  firstSatisfaction: null,
  lastSatisfaction: null,
  mergedIntoId: null,
} as const;

const accusationOf = async (
  tools: TicketTools,
  input: RegisterInput,
  type: Ticket['type'],
): Promise<Pick<Ticket, 'isSecret' | 'accusedOrgId' | 'accusedOrgPath' | 'accusedStaffId'>> => {
  // rules §3.2: a report is secret unless said otherwise.
  const isSecret = input.isSecret ?? type === 'REPORT';
  const accused = await findAccused(tools, input);
  return {
    isSecret,
    accusedOrgId: accused?.id ?? null,
    accusedOrgPath: accused !== null && keepsAccusedAway({ type, isSecret }) ? accused.path : null,
    accusedStaffId: input.accusedStaffId ?? null,
  };
};

const originOf = (input: RegisterInput, actor: Actor): Pick<Ticket, 'source' | 'registeredBy'> => ({
  source: input.source ?? (actor.kind === 'staff' || actor.kind === 'system' ? 'PHONE' : 'WEB'),
  registeredBy: input.registeredBy ?? (actor.kind === 'staff' ? actor.id : null),
});

/** What a form leaves open until somebody knows better. */
const matterOf = (input: RegisterInput) => ({
  title: input.title ?? '',
  content: input.content ?? '',
  urgency: input.urgency ?? ('NORMAL' as const),
  isComplex: input.isComplex ?? false,
  categoryCode: input.categoryCode ?? null,
  needReply: input.needReply ?? true,
  isAnonymous: input.isAnonymous ?? false,
});

const newTicket = async (
  tools: TicketTools,
  work: UnitOfWork,
  given: { readonly input: RegisterInput; readonly actor: Actor; readonly state: TicketState; readonly receiptCode: string },
): Promise<Ticket> => {
  const { input, actor, state, receiptCode } = given;
  const type = input.type ?? 'OTHER';
  return {
    ...untouched,
    id: tools.ids.next(),
    number: await tools.store.nextNumber(shanghaiDay(work.now).replaceAll('-', ''), work),
    type,
    ...originOf(input, actor),
    regionCode: await regionOf(tools, input, actor),
    ...matterOf(input),
    ...sealedForm(tools.crypto, input),
    ...(await accusationOf(tools, input, type)),
    state,
    receivedAt: work.now,
    receiptHash: tools.crypto.hashOf('token', receiptCode),
    receiptSealed: tools.crypto.seal(receiptCode),
  };
};

/** Inside a transaction of the caller, such as a conversation that becomes a ticket. */
export const createRegisterTicketIn =
  (tools: TicketTools) =>
  async (work: UnitOfWork, input: RegisterInput, actor: Actor): Promise<Registered> => {
    const action = startOf(input, actor);
    const state = stateAfter(action, actor);
    const receiptCode = createReceiptCode();
    const bare = await newTicket(tools, work, { input, actor, state, receiptCode });
    const complainant: Complainant = {
      id: tools.ids.next(),
      ticketId: bare.id,
      originTicketId: bare.id,
      ...sealedComplainant(tools.crypto, input),
      joinedAt: work.now,
    };
    const clocks = await firstClocks(tools, work, bare);
    const file: TicketFile = { ticket: bare, subOrders: [], clocks, pauses: [], complainants: [complainant], callbacks: [], extensions: [], participants: [] };
    const ticket = { ...bare, ...shownClock(file, state) };
    await tools.store.tickets.insert([ticket], work);
    await tools.store.complainants.insert([complainant], work);
    await tools.store.clocks.insert(clocks, work);
    await tools.store.links.insert(
      (input.links ?? []).map((link) => ({
        id: tools.ids.next(),
        ticketId: ticket.id,
        ...link,
        origin: actor.kind === 'staff' ? ('MANUAL' as const) : ('AUTO' as const),
        linkedBy: actor.id,
        linkedAt: work.now,
        undoneAt: null,
        undoneBy: null,
      })),
      work,
    );
    if (state !== 'DRAFT') await tools.store.index(ticket, work);
    work.trail({ subject: 'ticket', subjectId: ticket.id, version: 1, action, from: null, to: state, actor, content: { source: ticket.source } });
    work.announce({ name: 'ticket.registered', payload: ticketPayload(file, { state, type: ticket.type, source: ticket.source }), rooms: roomsOf(file) });
    work.created(ticket.id);
    return { ticket, receiptCode };
  };

/** A ticket is begun: on the phone as a draft, online as something that waits to be accepted. */
export const createRegisterTicket = (tools: TicketTools) => {
  const registerIn = createRegisterTicketIn(tools);
  return async (input: RegisterInput, actor: Actor): Promise<Registered> => {
    if (actor.kind !== 'citizen') tools.policy.require(actor, 'ticket.register');
    await mustSeeTied(tools, input.links ?? [], actor);
    return tools.database.inTransaction((work) => registerIn(work, input, actor));
  };
};
