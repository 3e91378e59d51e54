import { orgRooms } from '#identity';
import type { UnitOfWork } from '#platform';
import type { Rectification } from '../domain/rectification';

/** Who may hear of a case: its unit and those above it, the centre, and whoever has it open. */
export const roomsOf = (row: Pick<Rectification, 'id' | 'orgPath'>, before?: Pick<Rectification, 'orgPath'>): readonly string[] => [
  ...new Set([...orgRooms(row.orgPath ?? ''), ...orgRooms(before?.orgPath ?? ''), 'hotline', `rectification:${row.id}`]),
];

export const announceCase = (
  work: UnitOfWork,
  row: Rectification,
  fact: { readonly name: string; readonly payload: Readonly<Record<string, unknown>>; readonly before?: Rectification },
): void => work.announce({ name: fact.name, payload: { id: row.id, orgId: row.orgId, ...fact.payload }, rooms: roomsOf(row, fact.before) });
