import { type CitizenActor, fail, missing } from '#kernel';
import { conversationClosed } from '../domain/refusals';
import type { UseCaseDeps } from './deps';
import { sealPhone } from './seal-phone';
import { notice, writeLine } from './write-line';

/** A number to ring back, given freely and once more changeable; shown to the agent masked. */
export const createLeaveContact =
  (deps: UseCaseDeps) =>
  (input: { readonly name?: string | undefined; readonly phone: string }, actor: CitizenActor): Promise<void> => {
    const phone = sealPhone(deps.crypto, input.phone);
    const name = input.name === undefined ? {} : { citizenNameSealed: deps.crypto.seal(input.name) };
    return deps.database.inTransaction(async (work) => {
      const found = (await deps.conversations.find(actor.id, work)) ?? fail(missing('conversation'));
      if (found.state === 'CLOSED') throw conversationClosed();
      await deps.conversations.amend(found.id, { ...phone, ...name }, work);
      await writeLine(deps, found, { line: notice('联系电话已留下，号码对坐席遮住中间四位。'), work });
    });
  };
