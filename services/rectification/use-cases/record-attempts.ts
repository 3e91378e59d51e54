import type { RectificationInput } from '#contracts/lifecycles/rectification.lifecycle';
import { type Actor, DomainError, forbidden, hasRole } from '#kernel';
import type { UnitOfWork } from '#platform';
import type { Rectification } from '../domain/rectification';
import { announceCase } from './case-facts';
import type { CaseTools } from './deps';
import { findVisible } from './move-case';

type Contact = NonNullable<RectificationInput['contact']>;
type Callback = NonNullable<RectificationInput['callback']>;

const notNow = (message: string): DomainError => new DomainError({ kind: 'conflict', code: 'rectification/wrong-state', message });
const wrongTime = (message: string): DomainError => new DomainError({ kind: 'invalid', code: 'rectification/attempt-time', message });

/** A call that was tried or made while verifying or fixing; several are usual before somebody answers (rules §6.1 verify). */
export const createRecordContact =
  (tools: CaseTools) =>
  (id: string, contact: Contact, actor: Actor): Promise<void> =>
    tools.database.inTransaction(async (work) => {
      tools.policy.require(actor, 'rectification.move');
      const row = await findVisible(tools, id, { actor, work });
      const isOfUnit = actor.kind === 'staff' && row.orgPath !== null && actor.orgPath.startsWith(row.orgPath);
      if (!hasRole(actor, 'HANDLER') || !isOfUnit) throw forbidden('联系评价人须由责任单位的承办人进行。');
      if (row.state !== 'PENDING_VERIFY' && row.state !== 'RECTIFYING') throw notNow('只有待核实、整改中的整改单可以登记联系记录。');
      if (contact.at.getTime() > work.now.getTime()) throw wrongTime('联系时间不能晚于现在。');
      const { at, method, result, note } = contact;
      const attempt = { id: tools.ids.next(), rectificationId: id, round: row.round, at: at.getTime(), method, result, note: tools.crypto.seal(note) };
      await tools.store.addAttempt('contact', { ...attempt, staffId: actor.id, recordedAt: work.now.getTime(), phoneHash: null }, work);
      announceCase(work, row, { name: 'rectification.contactRecorded', payload: { by: actor.id, result } });
    });

/** rules §6.3.3: who handled or reviewed a case does not call its rater back. */
const mustBeApart = async (tools: CaseTools, row: Rectification, given: { readonly actor: Actor; readonly work: UnitOfWork }): Promise<void> => {
  const { actor, work } = given;
  if (!hasRole(actor, 'CALLBACK_AGENT')) throw forbidden('回访须由回访员进行。');
  const hands = await tools.store.handsOf([row.id], work);
  if (hands.some((hand) => hand.staffId === actor.id && hand.part !== 'CALLER')) throw forbidden('承办、审核过本单的人不得回访。');
};

/** One call-back, reached or not; each leaves its own row, and who made it is a caller of the case from then on (rules §6.3.5). */
export const createRecordCallback =
  (tools: CaseTools) =>
  (id: string, callback: Callback, actor: Actor): Promise<void> =>
    tools.database.inTransaction(async (work) => {
      tools.policy.require(actor, 'rectification.move');
      const row = await findVisible(tools, id, { actor, work });
      await mustBeApart(tools, row, { actor, work });
      if (row.state !== 'PENDING_CALLBACK') throw notNow('只有待回访的整改单可以登记回访。');
      const { at, method, result, note, phone } = callback;
      const isInRound = at.getTime() <= work.now.getTime() && at.getTime() >= (row.reviewedAt ?? row.roundStartedAt);
      if (!isInRound) throw wrongTime('回访时间须在审核通过之后、现在之前。');
      const attempt = { id: tools.ids.next(), rectificationId: id, round: row.round, at: at.getTime(), method, result, note: tools.crypto.seal(note) };
      const phoneHash = phone === undefined ? null : tools.crypto.hashOf('phone', phone);
      await tools.store.addAttempt('callback', { ...attempt, staffId: actor.id, recordedAt: work.now.getTime(), phoneHash }, work);
      await tools.store.addHands(id, actor.id, { parts: ['CALLER'], work });
      announceCase(work, row, { name: 'rectification.callbackRecorded', payload: { by: actor.id, result } });
    });
