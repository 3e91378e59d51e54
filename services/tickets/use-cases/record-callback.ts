import type { CallbackBody } from '#contracts/api/tickets';
import { type Actor, DomainError, invalid } from '#kernel';
import { performersOf } from '../domain/refusals';
import { roomsOf, ticketPayload } from './rooms';
import type { TicketFile } from '../domain/ticket-file';
import { insertCallback } from './callback-effects';
import { openFile, type TicketTools } from './tools';

/** One attempt to reach one citizen of the ticket; the move that closes or sends back looks at all of them. */
export const createRecordCallback =
  (tools: TicketTools) =>
  (id: string, record: CallbackBody, actor: Actor): Promise<TicketFile> => {
    tools.policy.require(actor, 'ticket.move');
    return tools.database.inTransaction(async (work) => {
      const file = await openFile(tools, { id, work, actor });
      const { state } = file.ticket;
      if (state !== 'PENDING_CALLBACK' || !performersOf(actor).includes('CALLBACK_AGENT')) {
        throw new DomainError({ kind: 'conflict', code: 'ticket/wrong-state', message: '只有回访员在“待回访”时可以记录回访。', facts: { state } });
      }
      if (record.complainantId !== undefined && !file.complainants.some((citizen) => citizen.id === record.complainantId)) {
        throw invalid('这位诉求人不在本工单中。', [{ path: '/complainantId', code: 'unknown-complainant', message: '不在本工单中' }]);
      }
      const kept = await insertCallback(tools, work, file, { record, actor });
      work.announce({ name: 'ticket.calledBack', payload: ticketPayload(file, { result: record.result }), rooms: roomsOf(file) });
      return kept;
    });
  };
