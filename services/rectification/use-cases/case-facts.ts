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
): void => {
  const rooms = roomsOf(row, fact.before);
  const ownRoom = `org:${row.orgId}`;
  // A clerk who was rated sits in the room of the unit and must not hear of the own case (rules §6.3.3): there only the unit is named.
  const isHushed = row.ratedStaffId !== null && rooms.includes(ownRoom);
  work.announce({
    name: fact.name,
    payload: { id: row.id, orgId: row.orgId, ...fact.payload },
    rooms: isHushed ? rooms.filter((room) => room !== ownRoom) : rooms,
  });
  if (isHushed) work.announce({ name: 'rectification.unitTouched', payload: { id: row.orgId, orgId: row.orgId }, rooms: [ownRoom] });
};
