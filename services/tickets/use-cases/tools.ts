import { type Actor, fail, invalid, matches, missing, stale, toShanghaiIso } from '#kernel';
import type { UnitOfWork } from '#platform';
import { defaultTicketPolicy, type TicketPolicy } from '../domain/ticket-policy';
import { scopeFacts, type TicketFile } from '../domain/ticket-file';
import type { Ticket } from '../domain/ticket';
import type { TicketDeps } from '../ports';
import type { TicketStore } from '../store/ticket-store';

/** What every use-case and query of this module is built from. */
export interface TicketTools extends TicketDeps {
  readonly store: TicketStore;
  readonly terms: TicketPolicy;
}

export const createTools = (deps: TicketDeps, store: TicketStore): TicketTools => ({ ...deps, store, terms: { ...defaultTicketPolicy, ...deps.figures } });

/** 404 for the absent and the hidden alike (security B-2). */
export const mustSee = (tools: TicketTools, file: TicketFile, actor: Actor, asked: 'ticket' | 'subOrder' = 'ticket'): TicketFile =>
  matches(tools.policy.scope(actor, 'ticket'), scopeFacts(file)) ? file : fail(missing(asked));

export interface OpenRequest {
  readonly id: string;
  /** Another ticket that the same step looks at, such as the target of a merge. */
  readonly alsoLock?: string | undefined;
  /** What was asked for, so that the absent and the hidden get the same words. */
  readonly asked?: 'ticket' | 'subOrder';
  readonly work: UnitOfWork;
  readonly actor: Actor;
}

/** The file of one ticket, locked until the commit, if the actor may see it at all. */
export const openFile = async (tools: TicketTools, given: OpenRequest): Promise<TicketFile> => {
  const { id, alsoLock, asked = 'ticket', work, actor } = given;
  const locked = await tools.store.lock(alsoLock === undefined ? [id] : [id, alsoLock], work);
  const ticket: Ticket = locked.find((row) => row.id === id) ?? fail(missing(asked));
  return mustSee(tools, await tools.store.fileOf(ticket, work.transaction), actor, asked);
};

/** A move may only point at files of its own ticket. */
export const mustOwnFiles = async (tools: TicketTools, ticketId: string, ids: readonly string[] | undefined): Promise<void> => {
  if (ids === undefined || ids.length === 0) return;
  const own = new Set((await tools.attachments.listOf('ticket', ticketId)).map((attachment) => attachment.id));
  if (ids.every((id) => own.has(id))) return;
  throw invalid('所附文件不在本工单中，请重新上传。', [{ path: '/attachmentIds', code: 'unknown-attachment', message: '不是本工单的附件' }]);
};

/** 412 with who was faster; the names are for people, so that two dispatchers can talk. */
export const staleSubject = async (
  tools: TicketTools,
  given: { readonly subject: 'ticket' | 'sub-order'; readonly id: string; readonly version: number; readonly state: string },
): Promise<never> => {
  const last = await tools.trails.lastOf(given.subject, given.id);
  const names = last === null || last.actorKind !== 'staff' ? new Map<string, string>() : await tools.staff.namesOf([last.actorId]);
  throw stale({
    currentVersion: given.version,
    changedBy: last === null ? null : (names.get(last.actorId) ?? last.actorKind),
    changedAt: last === null ? null : toShanghaiIso(last.at),
    state: given.state,
  });
};
