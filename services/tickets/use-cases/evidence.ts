import type { Actor } from '#kernel';
import type { UnitOfWork } from '#platform';
import { missingFields, type RequiredField } from '../domain/required-fields';
import { ruleFor } from '../domain/sla';
import type { Ticket } from '../domain/ticket';
import type { ChosenUnit, TicketEvidence, TicketQuestion } from '../domain/ticket-facts';
import type { TicketFile } from '../domain/ticket-file';
import type { TicketInput } from '../domain/ticket-input';
import { detailsOf } from './sealed-form';
import type { TicketTools } from './tools';

export const missingOf = (tools: Pick<TicketTools, 'crypto'>, { ticket, complainants }: TicketFile): readonly RequiredField[] =>
  missingFields({
    ...ticket,
    details: detailsOf(tools.crypto, ticket),
    hasAddress: ticket.addressSealed !== null,
    hasPhone: complainants.some((complainant) => complainant.phoneHash !== null),
  });

/** A named person must be an active handler of exactly that unit. */
export const belongsTo = async (tools: Pick<TicketTools, 'staff'>, handlerId: string | undefined, orgId: string): Promise<boolean> => {
  if (handlerId === undefined) return true;
  const person = await tools.staff.find(handlerId);
  return person !== null && person.active && person.orgId === orgId && person.roles.includes('HANDLER');
};

const unitsOf = async (tools: TicketTools, input: TicketInput): Promise<readonly ChosenUnit[]> => {
  const chosen: ChosenUnit[] = [];
  for (const unit of input.units ?? []) {
    const found = await tools.organizations.find(unit.orgId);
    chosen.push({
      orgId: unit.orgId,
      role: unit.role,
      handlerId: unit.handlerId ?? null,
      path: found?.path ?? null,
      active: found?.active ?? false,
      handlerBelongs: await belongsTo(tools, unit.handlerId, unit.orgId),
    });
  }
  return chosen;
};

const isLonger = async (tools: TicketTools, work: UnitOfWork, ticket: Ticket, limit: TicketInput['statutoryLimit']): Promise<boolean> => {
  if (limit === undefined) return true;
  const rule = ruleFor(await tools.store.currentRules(work.transaction), 'handle', ticket);
  const dueOf = (amount: number, unit: 'HOUR' | 'NATURAL_DAY' | 'WORKING_DAY') =>
    tools.calendar.deadline({ from: work.now, amount, unit, region: ticket.regionCode }).dueAt;
  return dueOf(limit.amount, limit.unit) >= dueOf(rule.amount, rule.unit);
};

const nothingAsked: TicketEvidence = { units: [], target: null, guideExists: false, limitIsLonger: true };

/** Looks up what the input names, so that the guards themselves stay pure. */
const gatherEvidence = async (tools: TicketTools, work: UnitOfWork, file: TicketFile, input: TicketInput): Promise<TicketEvidence> => ({
  units: await unitsOf(tools, input),
  target: input.targetId === undefined ? null : await tools.store.tickets.find({ id: input.targetId }, { transaction: work.transaction }),
  guideExists: input.guideId !== undefined && input.guideVersion !== undefined && (await tools.guideReference(input.guideId, input.guideVersion)),
  limitIsLonger: await isLonger(tools, work, file.ticket, input.statutoryLimit),
});

export const questionFor = async (
  tools: TicketTools,
  work: UnitOfWork,
  file: TicketFile,
  given: { readonly input: TicketInput; readonly actor: Actor },
): Promise<TicketQuestion> => ({
  ...openQuestion(tools, file, given.actor, work.now),
  input: given.input,
  evidence: await gatherEvidence(tools, work, file, given.input),
});

/** What a screen asks: which moves are open, before anything is typed. */
export const openQuestion = (tools: TicketTools, file: TicketFile, actor: Actor, now: Date): TicketQuestion => ({
  file,
  actor,
  input: null,
  evidence: nothingAsked,
  missing: missingOf(tools, file),
  policy: tools.terms,
  now,
});
