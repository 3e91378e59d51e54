import fc from 'fast-check';
import type { MessageView } from '#contracts/api/inquiries';
import { applyMessages, emptyTranscript } from '#contracts/realtime/chat';

const line = (seq: number): MessageView => ({
  conversationId: 'c',
  seq,
  clientMsgId: `m${seq}`,
  author: 'CITIZEN',
  kind: 'TEXT',
  body: String(seq),
  answerCard: null,
  ticket: null,
  at: '',
});

test('任意先后、任意重复地收到，最后都是同一份完整记录', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.array(fc.integer({ min: 1, max: 20 }))), (count, batches) => {
      let transcript = emptyTranscript;
      for (const batch of batches) transcript = applyMessages(transcript, batch.filter((seq) => seq <= count).map(line));
      expect(transcript.messages.filter((message) => message.seq <= transcript.upTo).map((message) => message.seq)).toEqual(
        Array.from({ length: transcript.upTo }, (_, index) => index + 1),
      );
      transcript = applyMessages(
        transcript,
        Array.from({ length: count }, (_, index) => line(index + 1)),
      );
      expect(transcript).toMatchObject({ upTo: count, hasGap: false });
      expect(transcript.messages.map((message) => message.seq)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    }),
  );
});
