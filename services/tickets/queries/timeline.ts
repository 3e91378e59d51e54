import type { TimelineEntry } from '#contracts/api/ticket-views';
import type { AnyLifecycle } from '#contracts/lifecycles/lifecycle';
import { subOrderLifecycle } from '#contracts/lifecycles/sub-order.lifecycle';
import { ticketLifecycle } from '#contracts/lifecycles/ticket.lifecycle';
import { callbackResultLabels } from '#contracts/vocabulary/callbacks';
import { toShanghaiIso, maskText } from '#kernel';
import type { TrailEntry } from '#platform';
import type { UrgeRow } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import { openOrNull } from '../use-cases/sealed-form';
import type { TicketTools } from '../use-cases/tools';

export interface People {
  readonly staff: ReadonlyMap<string, string>;
  readonly units: ReadonlyMap<string, string>;
}

/** What of a step's input is prose that a colleague should read; codes and ids are shown elsewhere. */
const prose: ReadonlySet<string> = new Set([
  'opinion',
  'reason',
  'reply',
  'missingInfo',
  'info',
  'notice',
  'legalChannel',
  'instruction',
  'basis',
  'result',
  'unresolvedReason',
  'publicReply',
  'noticeNote',
]);

const actorNames: Readonly<Record<string, string>> = { system: '系统', citizen: '诉求人', client: '对接系统' };

const textsOf = (table: AnyLifecycle, content: Readonly<Record<string, unknown>>): TimelineEntry['texts'] =>
  Object.entries(content).flatMap(([name, value]) =>
    prose.has(name) && typeof value === 'string' && value !== '' ? [{ label: table.fields[name]?.label ?? name, text: maskText(value) }] : [],
  );

const labelOf = (table: AnyLifecycle, entry: TrailEntry): string =>
  (table.rows.find((row) => row.on === entry.action && row.to === entry.to) ?? table.rows.find((row) => row.on === entry.action))?.label ?? entry.action;

const byOf = (people: People, who: { readonly kind: string; readonly id: string; readonly orgId: string | null }): TimelineEntry['by'] => ({
  kind: who.kind,
  id: who.id,
  name: actorNames[who.kind] ?? people.staff.get(who.id) ?? who.id,
  orgName: who.orgId === null ? null : (people.units.get(who.orgId) ?? null),
});

const stepsOf = (people: People, table: AnyLifecycle, trail: readonly TrailEntry[], subOrderId: string | null): readonly TimelineEntry[] =>
  trail
    .filter((entry) => entry.action !== 'saveDraft')
    .map((entry) => ({
      at: toShanghaiIso(entry.at),
      kind: subOrderId === null ? ('TICKET' as const) : ('SUB_ORDER' as const),
      action: entry.action,
      label: labelOf(table, entry),
      to: entry.to,
      toLabel: table.states[entry.to]?.label ?? entry.to,
      subOrderId,
      by: byOf(people, { kind: entry.actorKind, id: entry.actorId, orgId: entry.actorOrgId }),
      texts: textsOf(table, entry.content),
      attachmentIds: [...entry.attachmentIds],
    }));

const plain = { to: null, toLabel: null, subOrderId: null, attachmentIds: [] };

const urgesOf = (people: People, urges: readonly UrgeRow[]): readonly TimelineEntry[] =>
  urges.map((urge) => ({
    ...plain,
    at: toShanghaiIso(urge.at),
    kind: 'URGE' as const,
    action: 'urge',
    label: '催办',
    by: byOf(people, { kind: urge.byKind, id: urge.byId, orgId: null }),
    texts: urge.note === null ? [] : [{ label: '说明', text: maskText(urge.note) }],
  }));

const callbacksOf = (tools: Pick<TicketTools, 'crypto'>, people: People, file: TicketFile): readonly TimelineEntry[] =>
  file.callbacks.map((callback) => {
    const note = openOrNull(tools.crypto, callback.noteSealed);
    return {
      ...plain,
      at: toShanghaiIso(callback.recordedAt),
      kind: 'CALLBACK' as const,
      action: 'callback',
      label: `回访：${Object.entries(callbackResultLabels).find(([code]) => code === callback.result)?.[1] ?? callback.result}`,
      by: byOf(people, { kind: 'staff', id: callback.byId, orgId: null }),
      texts: note === null ? [] : [{ label: '回访记录', text: maskText(note) }],
    };
  });

export interface TimelineSources {
  readonly ticketTrail: readonly TrailEntry[];
  readonly subOrderTrails: ReadonlyMap<string, readonly TrailEntry[]>;
  readonly urges: readonly UrgeRow[];
}

/** One line for everything that happened, oldest first; the saving of drafts is left out. */
export const timelineOf = (tools: Pick<TicketTools, 'crypto'>, file: TicketFile, sources: TimelineSources, people: People): TimelineEntry[] =>
  [
    ...stepsOf(people, ticketLifecycle, sources.ticketTrail, null),
    ...file.subOrders.flatMap((subOrder) => stepsOf(people, subOrderLifecycle, sources.subOrderTrails.get(subOrder.id) ?? [], subOrder.id)),
    ...urgesOf(people, sources.urges),
    ...callbacksOf(tools, people, file),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
