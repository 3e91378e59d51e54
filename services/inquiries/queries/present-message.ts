import type { AnswerCardRef, MessageView, TicketRef } from '#contracts/api/inquiries';
import { toShanghaiIso } from '#kernel';
import type { FieldCrypto } from '#platform';
import type { Message } from '../domain/conversation';

/** What beside the words belongs to a line; sealed with them. */
export type LineDetail = { readonly answerCard: AnswerCardRef } | { readonly ticket: TicketRef };

export const presentMessage = (message: Message, crypto: FieldCrypto): MessageView => {
  const detail: Partial<{ answerCard: AnswerCardRef; ticket: TicketRef }> =
    message.detailSealed === null ? {} : (JSON.parse(crypto.open(message.detailSealed)) as LineDetail);
  return {
    conversationId: message.conversationId,
    seq: message.seq,
    clientMsgId: message.clientMsgId,
    author: message.author,
    kind: message.kind,
    body: crypto.open(message.bodySealed),
    answerCard: detail.answerCard ?? null,
    ticket: detail.ticket ?? null,
    at: toShanghaiIso(message.at),
  };
};
