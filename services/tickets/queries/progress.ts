import type { TicketProgress } from '#contracts/api/public-tickets';
import { ticketLifecycle } from '#contracts/lifecycles/ticket.lifecycle';
import { stageOf } from '#contracts/vocabulary/stages';
import { ticketTypeLabels } from '#contracts/vocabulary/ticket-types';
import { DomainError, fail, normalizeReceiptCode, shanghaiDay, toShanghaiIso, maskText } from '#kernel';
import type { TrailEntry } from '#platform';
import { lastFourOf } from '../domain/phone';
import { leadOf } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import { openOrNull } from '../use-cases/sealed-form';
import type { TicketTools } from '../use-cases/tools';
import { daysOf } from './deadlines';
import { isoOrNull, lightOf } from './present-brief';

interface Station {
  readonly label: string;
  readonly by: readonly string[];
}

/** The stations of a matter in the citizen's words, and the steps of the table that reach each. */
const stations: readonly Station[] = [
  { label: '收到诉求', by: ['register', 'submitOnline'] },
  { label: '受理', by: ['accept'] },
  { label: '转交承办单位', by: ['dispatch'] },
  { label: '承办单位签收', by: ['leadSigned'] },
  { label: '办理完成', by: ['leadSubmitted'] },
  { label: '审核', by: ['approve'] },
  { label: '办结', by: ['answerDirect', 'callbackPass', 'closeExplained', 'approve', 'reject', 'refer', 'merge', 'terminate'] },
];

const names: ReadonlySet<string> = new Set(['转交承办单位', '承办单位签收', '办理完成']);

const reached = (trail: readonly TrailEntry[], station: Station | undefined): TrailEntry | undefined => {
  if (station === undefined) return undefined;
  const isLast = station.label === '办结';
  return trail.findLast(
    (entry) => station.by.includes(entry.action) && (!isLast || 'final' in (ticketLifecycle.states[entry.to as keyof typeof ticketLifecycle.states] ?? {})),
  );
};

const stepsOf = (file: TicketFile, trail: readonly TrailEntry[], unit: string | null): TicketProgress['steps'] => {
  const closing = reached(trail, stations.at(-1));
  const dueOn = file.ticket.clockDueAt === null ? null : shanghaiDay(new Date(file.ticket.clockDueAt.getTime() - 1));
  let currentIsSet = false;
  return stations.flatMap((station): TicketProgress['steps'] => {
    const entry = reached(trail, station);
    if (entry !== undefined)
      return [{ label: station.label, unit: names.has(station.label) ? unit : null, at: toShanghaiIso(entry.at), dueOn: null, status: 'DONE' as const }];
    // A matter answered at once has no stations in between.
    if (closing !== undefined) return [];
    const status = currentIsSet ? ('TODO' as const) : ('CURRENT' as const);
    currentIsSet = true;
    return [{ label: station.label, unit: names.has(station.label) ? unit : null, at: null, dueOn: status === 'CURRENT' ? dueOn : null, status }];
  });
};

const shownReplies: ReadonlySet<string> = new Set(['CLOSED', 'ARCHIVED', 'REJECTED', 'PENDING_CALLBACK']);

const repliesOf = async (tools: TicketTools, file: TicketFile): Promise<TicketProgress['replies']> => {
  if (!shownReplies.has(file.ticket.state)) return [];
  const replies = await tools.store.replies.list({ ticketId: file.ticket.id }, { order: [['id', 'ASC']] });
  return replies.map((reply) => ({ at: toShanghaiIso(reply.at), text: maskText(tools.crypto.open(reply.contentSealed)) }));
};

const fieldLabels: Readonly<Record<string, string>> = { name: '姓名', phone: '手机号', address: '地址', content: '诉求全文' };

const seenByOf = async (tools: TicketTools, file: TicketFile): Promise<TicketProgress['seenBy']> => {
  const reveals = await tools.store.reveals.list({ ticketId: file.ticket.id }, { order: [['id', 'DESC']], limit: 50 });
  const seen: TicketProgress['seenBy'] = [];
  for (const reveal of reveals) {
    const person = await tools.staff.find(reveal.staffId);
    const unit = person === null ? null : await tools.organizations.find(person.orgId);
    seen.push({
      at: toShanghaiIso(reveal.at),
      unit: unit?.name ?? '12345 中心',
      field: fieldLabels[reveal.field] ?? reveal.field,
      reason: maskText(reveal.reason),
    });
  }
  return seen;
};

const present = async (tools: TicketTools, file: TicketFile): Promise<TicketProgress> => {
  const { ticket } = file;
  const lead = leadOf(file.subOrders);
  const unit = lead === undefined ? null : ((await tools.organizations.find(lead.orgId))?.name ?? null);
  const row = file.clocks.findLast((clock) => clock.ownerId === ticket.id && clock.clock === ticket.clockName && clock.stoppedAt === null);
  return {
    number: ticket.number,
    title: maskText(ticket.title),
    typeLabel: ticketTypeLabels[ticket.type],
    stateLabel: ticketLifecycle.states[ticket.state].label,
    stage: stageOf(ticket.state),
    receivedAt: toShanghaiIso(ticket.receivedAt),
    unit,
    dueAt: isoOrNull(ticket.clockDueAt),
    workingDaysLeft: row === undefined ? null : tools.calendar.workingDaysLeft(tools.clock.now(), row.dueAt, row.regionCode),
    light: lightOf(tools, ticket, row),
    days: row === undefined ? [] : daysOf(tools, file, row),
    steps: stepsOf(file, await tools.trails.of('ticket', ticket.id), unit),
    replies: await repliesOf(tools, file),
    seenBy: await seenByOf(tools, file),
  };
};

const lockedOut = (until: Date, now: Date): DomainError =>
  new DomainError({
    kind: 'limited',
    code: 'progress/locked',
    message: '连续输错次数过多，请一小时后再试，或拨打 12345 报回执码查询。',
    retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)),
  });

/** One answer for a wrong code and for wrong digits, so that neither can be tried out alone. */
const notFound = (): DomainError =>
  new DomainError({ kind: 'missing', code: 'progress/not-found', message: '没有查到，请核对回执码和手机号后四位；没有留手机号的填 0000。' });

const phonesOf = (tools: TicketTools, file: TicketFile): readonly string[] =>
  file.complainants.flatMap((citizen) => openOrNull(tools.crypto, citizen.phoneSealed) ?? []);

const fits = (tools: TicketTools, file: TicketFile, last4: string): boolean => {
  const phones = phonesOf(tools, file);
  return phones.length === 0 ? last4 === '0000' : phones.some((phone) => lastFourOf(phone) === last4);
};

/** security A-3: five wrong tries lock a code for an hour; counted in the database, so that another node does not begin anew. */
export const createByReceipt = (tools: TicketTools) => {
  const noteFailure = (receiptHash: string): Promise<void> =>
    tools.database.inTransaction(async (work) => {
      const known = await tools.store.lookups.find({ receiptHash }, { transaction: work.transaction, forUpdate: true });
      const failures = (known === null || (known.lockedUntil !== null && known.lockedUntil <= work.now) ? 0 : known.failures) + 1;
      const lockedUntil = failures >= tools.terms.lookupFailures ? new Date(work.now.getTime() + tools.terms.lookupLockMinutes * 60_000) : null;
      if (known === null) await tools.store.lookups.insert([{ receiptHash, failures, lockedUntil, lastAt: work.now }], work);
      else await tools.store.lookups.update({ receiptHash }, { failures, lockedUntil, lastAt: work.now }, work);
    });
  const forget = (receiptHash: string): Promise<number> => tools.database.inTransaction((work) => tools.store.lookups.remove({ receiptHash }, work));

  return async (code: string, last4: string): Promise<TicketProgress> => {
    const receiptHash = tools.crypto.hashOf('token', normalizeReceiptCode(code));
    const ticket = (await tools.store.tickets.find({ receiptHash })) ?? fail(notFound());
    const lookup = await tools.store.lookups.find({ receiptHash });
    const now = tools.clock.now();
    if (lookup?.lockedUntil != null && lookup.lockedUntil > now) throw lockedOut(lookup.lockedUntil, now);
    const file = await tools.store.fileOf(ticket);
    if (!fits(tools, file, last4)) {
      await noteFailure(receiptHash);
      throw notFound();
    }
    if (lookup !== null) await forget(receiptHash);
    return present(tools, file);
  };
};
