import type { EditDraftBody } from '#contracts/api/tickets';
import { decide } from '#contracts/lifecycles/lifecycle';
import { ticketLifecycle, type TicketState } from '#contracts/lifecycles/ticket.lifecycle';
import { isTicketCategory } from '#contracts/vocabulary/ticket-categories';
import { type Actor, invalid } from '#kernel';
import type { UnitOfWork } from '#platform';
import { keepsAccusedAway } from '../domain/avoidance';
import { performersOf, refusal } from '../domain/refusals';
import type { Complainant, Ticket } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import { findAccused } from './accused';
import { addressHashOf, sealedName, sealedPhone } from './sealed-form';
import { stepTicket } from './steps';
import { openFile, staleSubject, type TicketTools } from './tools';

const plainFields = [
  'type',
  'source',
  'title',
  'content',
  'regionCode',
  'urgency',
  'isComplex',
  'categoryCode',
  'needReply',
  'isAnonymous',
  'accusedStaffId',
] as const;

const given = <T extends object>(fields: T): Partial<T> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

const addressPatch = (tools: TicketTools, address: string | null | undefined): Partial<Ticket> => {
  if (address === undefined) return {};
  return address === null
    ? { addressSealed: null, addressHash: null }
    : { addressSealed: tools.crypto.seal(address), addressHash: addressHashOf(tools.crypto, address) };
};

/** What the unit must keep away from follows from type, secrecy and unit together, so it is worked out anew at every save. */
const accusationPatch = async (tools: TicketTools, ticket: Ticket, body: EditDraftBody): Promise<Partial<Ticket>> => {
  const type = body.type ?? ticket.type;
  const becameReport = body.type === 'REPORT' && ticket.type !== 'REPORT';
  const isSecret = body.isSecret ?? (becameReport || ticket.isSecret);
  const accusedOrgId = body.accusedOrgId === undefined ? ticket.accusedOrgId : body.accusedOrgId;
  const accused = await findAccused(tools, { accusedOrgId, accusedStaffId: body.accusedStaffId });
  return { isSecret, accusedOrgId: accused?.id ?? null, accusedOrgPath: accused !== null && keepsAccusedAway({ type, isSecret }) ? accused.path : null };
};

const patchOf = async (tools: TicketTools, ticket: Ticket, body: EditDraftBody): Promise<Partial<Ticket>> => ({
  ...given(Object.fromEntries(plainFields.map((name) => [name, body[name]]))),
  ...addressPatch(tools, body.address),
  ...(body.details === undefined ? {} : { detailsSealed: tools.crypto.seal(JSON.stringify(body.details)) }),
  ...(await accusationPatch(tools, ticket, body)),
});

const saveComplainant = async (tools: TicketTools, work: UnitOfWork, file: TicketFile, body: EditDraftBody): Promise<TicketFile> => {
  const patch: Partial<Complainant> = {
    ...(body.name === undefined ? {} : sealedName(tools.crypto, body.name)),
    ...(body.phone === undefined ? {} : sealedPhone(tools.crypto, body.phone)),
  };
  const [first] = file.complainants;
  if (Object.keys(patch).length === 0 || first === undefined) return file;
  await tools.store.complainants.update({ id: first.id }, patch, work);
  return { ...file, complainants: [{ ...first, ...patch }, ...file.complainants.slice(1)] };
};

/** The agent's form is a draft on the server: any part of it, complete or not, saved as often as people pause in typing. */
export const createSaveDraft =
  (tools: TicketTools) =>
  (id: string, given: { readonly body: EditDraftBody; readonly ifMatch: number }, actor: Actor): Promise<TicketFile> => {
    const { body, ifMatch } = given;
    tools.policy.require(actor, 'ticket.register');
    if (body.categoryCode != null && !isTicketCategory(body.categoryCode)) {
      throw invalid('诉求分类不在分类树中。', [{ path: '/categoryCode', code: 'unknown-category', message: '没有这个分类' }]);
    }
    return tools.database.inTransaction(async (work) => {
      const file = await openFile(tools, { id, work, actor });
      const { ticket } = file;
      if (ticket.version !== ifMatch) await staleSubject(tools, { subject: 'ticket', id, version: ticket.version, state: ticket.state });
      const decision = decide(ticketLifecycle, { state: ticket.state }, { action: 'saveDraft', performers: performersOf(actor), facts: {} });
      if (!decision.ok) throw refusal(ticketLifecycle, ticket.state, { action: 'saveDraft', decision });
      const saved = await saveComplainant(tools, work, file, body);
      // Which fields, never what was in them: the trail must not become a second copy of personal data.
      const content = { fields: Object.keys(body).filter((name) => body[name as keyof EditDraftBody] !== undefined) };
      const moved = await stepTicket(tools, work, saved, {
        action: 'saveDraft',
        to: decision.to as TicketState,
        actor,
        patch: await patchOf(tools, ticket, body),
        content,
      });
      if (moved.ticket.state !== 'DRAFT') await tools.store.index(moved.ticket, work, ticket);
      return moved;
    });
  };
