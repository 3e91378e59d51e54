import type { TicketAction } from '#contracts/lifecycles/ticket.lifecycle';
import type { UnitOfWork } from '#platform';
import { leadOf } from '../domain/ticket';
import type { TicketFile } from '../domain/ticket-file';
import { callbackPassed, closedExplained, keepCallback } from './callback-effects';
import { pauseAccept, resumeAccept } from './clocks';
import { dispatchToUnits } from './dispatch-effect';
import { closeTypeOf, type Effect, type EffectCase, indexDraft, keepReply, resultOf } from './effect';
import { mergeIntoTarget } from './merge-effect';
import { deriveSubOrderStep } from './steps';
import type { TicketTools } from './tools';

const accept: Effect = async (tools, work, { file }) => {
  await indexDraft(tools, work, file);
  return {};
};

const answerDirect: Effect = async (tools, work, given) => {
  await keepReply(tools, work, given, { kind: 'DIRECT_ANSWER', text: given.input.reply ?? '' });
  await indexDraft(tools, work, given.file);
  return { patch: { closeType: 'DIRECT_ANSWER' } };
};

const supplyInfo: Effect = async (tools, work, { file, input }) => {
  const content = `${file.ticket.content}\n【补充】${input.info ?? ''}`;
  await tools.store.index({ ...file.ticket, content }, work, file.ticket);
  return { file: await resumeAccept(tools, work, file), patch: { content } };
};

const reject: Effect = async (tools, work, given) => {
  const told = [given.input.notice, given.input.legalChannel].filter((part) => part !== undefined).join('\n');
  await keepReply(tools, work, given, { kind: 'REJECTION', text: told });
  await indexDraft(tools, work, given.file);
  // An unanswered request for information leaves an open pause behind.
  return given.file.ticket.state === 'PENDING_INFO' ? { file: await resumeAccept(tools, work, given.file) } : {};
};

const refer: Effect = async (tools, work, { file, input, actor }) => {
  await tools.store.referrals.insert(
    [
      {
        id: tools.ids.next(),
        ticketId: file.ticket.id,
        target: input.referralTarget ?? '',
        method: input.referralMethod ?? '',
        targetRegionCode: input.referralRegionCode ?? null,
        consentedAt: input.consentedAt ?? null,
        note: input.opinion ?? null,
        feedback: null,
        byId: actor.id,
        at: work.now,
      },
    ],
    work,
  );
  await indexDraft(tools, work, file);
  return {};
};

const keepReviewer = async (tools: TicketTools, work: UnitOfWork, { file, actor }: EffectCase): Promise<TicketFile> => {
  const row = { ticketId: file.ticket.id, staffId: actor.id, part: 'REVIEWER' as const };
  if (file.participants.some((known) => known.staffId === row.staffId && known.part === row.part)) return file;
  await tools.store.participants.insert([row], work);
  return { ...file, participants: [...file.participants, row] };
};

const approve: Effect = async (tools, work, given) => {
  const { file, to } = given;
  const lead = leadOf(file.subOrders);
  const result = resultOf(tools, file);
  if (result !== null) await keepReply(tools, work, given, { kind: 'FINAL', text: result.publicReply });
  const settled =
    lead === undefined ? file : await deriveSubOrderStep(tools, work, file, { subOrder: lead, action: 'approve', patch: { settledAt: work.now } });
  const patch = to === 'CLOSED' ? { closeType: closeTypeOf(result) } : {};
  return { file: await keepReviewer(tools, work, { ...given, file: settled }), patch };
};

const leadBackToWork =
  (action: 'sendBack' | 'rehandle'): Effect =>
  async (tools, work, given) => {
    const lead = leadOf(given.file.subOrders);
    const file =
      lead === undefined
        ? given.file
        : await deriveSubOrderStep(tools, work, given.file, {
            subOrder: lead,
            action,
            patch: { settledAt: null, submittedAt: null },
            content: { reason: given.input.reason ?? '' },
          });
    return { file };
  };

const sendBack: Effect = async (tools, work, given) => leadBackToWork('sendBack')(tools, work, { ...given, file: await keepReviewer(tools, work, given) });

/** A lead that closed with its ticket is taken up again; one that was never approved goes on where it stands. */
const workAgain: Effect = async (tools, work, given) => {
  const rounds = { rehandleCount: given.file.ticket.rehandleCount + 1, closeType: null };
  const kept = await keepCallback(tools, work, given);
  const { file = given.file } = await leadBackToWork('rehandle')(tools, work, { ...given, file: kept });
  return { file, patch: rounds };
};

export const cancelUnits = async (tools: TicketTools, work: UnitOfWork, file: TicketFile): Promise<TicketFile> => {
  let current = file;
  for (const subOrder of file.subOrders) {
    if (subOrder.state !== 'PENDING_SIGN' && subOrder.state !== 'PROCESSING') continue;
    current = await deriveSubOrderStep(tools, work, current, { subOrder, action: 'cancel' });
  }
  return current;
};

const terminate: Effect = async (tools, work, given) => ({
  file: await keepReviewer(tools, work, { ...given, file: await cancelUnits(tools, work, given.file) }),
});

const merge: Effect = async (tools, work, given) => {
  const file = await cancelUnits(tools, work, given.file);
  await indexDraft(tools, work, file);
  await mergeIntoTarget(tools, work, { ...given, file });
  return { file, patch: { mergedIntoId: given.input.targetId ?? null } };
};

export const ticketEffects: Partial<Readonly<Record<TicketAction, Effect>>> = {
  accept,
  answerDirect,
  requestInfo: async (tools, work, { file }) => ({ file: await pauseAccept(tools, work, file) }),
  supplyInfo,
  reject,
  refer,
  merge,
  dispatch: dispatchToUnits,
  approve,
  sendBack,
  callbackPass: callbackPassed,
  rehandle: workAgain,
  reopen: workAgain,
  closeExplained: closedExplained,
  terminate,
};
