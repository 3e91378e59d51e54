import { randomBytes } from 'node:crypto';
import type { CitizenActor } from '#kernel';
import { type Matter, matters } from './matters';
import type { Person, Story } from './story';
import { fillDraft, personOf, workUp } from './tell-tickets';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** A chat ends within this time; none is begun that would be cut off by the end of the story. */
const longestChat = 15 * minute;

/** As a page makes them: nobody may guess the key of a conversation, not even of an invented one. */
const newKey = (): string => randomBytes(18).toString('base64url');

const later = (story: Story, seconds: number, run: () => Promise<void>): void =>
  story.agenda.add(new Date(story.clock.now().getTime() + seconds * second), run);

interface Chat {
  readonly id: string;
  readonly agent: string;
  readonly matter: Matter;
  readonly person: Person;
}

const begin = async (story: Story, given: { readonly body: string; readonly person?: Person }): Promise<string> => {
  const { conversationId } = await story.system.inquiries.startConversation(
    { startKey: newKey(), clientMsgId: newKey(), body: given.body, regionCode: '930100', ...given.person },
    'demo',
  );
  return conversationId;
};

const sayAs = async (story: Story, chat: Chat, given: { readonly who: 'citizen' | 'agent'; readonly body: string }): Promise<void> => {
  const citizen: CitizenActor = { kind: 'citizen', id: chat.id, address: 'demo' };
  const actor = given.who === 'citizen' ? citizen : story.cast(chat.agent);
  await story.system.inquiries.postMessage(chat.id, { clientMsgId: newKey(), body: given.body }, actor);
};

const moveChat = async (story: Story, chat: Chat, step: { readonly action: 'take' | 'close'; readonly input?: Readonly<Record<string, unknown>> }) => {
  const actor = story.cast(chat.agent);
  const { version } = await story.system.inquiries.getConversation(chat.id, actor);
  await story.system.inquiries.moveConversation(chat.id, { action: step.action, input: step.input ?? {}, ifMatch: version }, actor);
};

/** A question is answered with the guide that fits; the citizen's page opens it. */
const answerWithGuide = async (story: Story, chat: Chat): Promise<void> => {
  const { matter } = chat;
  const item = matter.details?.matter ?? matter.title;
  const guide = await story.citable(item);
  if (guide === null) return sayAs(story, chat, { who: 'agent', body: matter.result });
  const answerCard = { item, title: item, citations: [{ guideId: guide.id, version: guide.version }] };
  await story.system.inquiries.sendAnswerCard(chat.id, { clientMsgId: newKey(), body: matter.result, answerCard }, story.cast(chat.agent));
};

const makeTicket = async (story: Story, chat: Chat): Promise<void> => {
  const { matter, agent, person } = chat;
  const made = await story.system.inquiries.makeTicket(chat.id, { title: matter.title }, story.cast(agent));
  await fillDraft(story, made.ticketId, { agent, matter, person });
  await workUp(story, made.ticketId, { agent, matter });
};

const converse = (story: Story, chat: Chat): void => {
  const { dice } = story;
  const asks = chat.matter.type === 'CONSULT';
  later(story, dice.whole(15, 80), async () => {
    await moveChat(story, chat, { action: 'take' });
    await sayAs(story, chat, { who: 'agent', body: asks ? '您好，我来帮您查，请稍等。' : '您好，请问具体在什么位置，从什么时候开始的？' });
    later(story, dice.whole(30, 90), async () => {
      if (asks) await answerWithGuide(story, chat);
      else await sayAs(story, chat, { who: 'citizen', body: `${chat.matter.address ?? '就在澜州'}，有好几天了。` });
      later(story, dice.whole(30, 120), async () => {
        if (asks) await sayAs(story, chat, { who: 'citizen', body: '明白了，谢谢。' });
        else await makeTicket(story, chat);
        later(story, dice.whole(10, 60), () =>
          moveChat(story, chat, { action: 'close', input: { summary: asks ? `已答复：${chat.matter.result}` : `已登记：${chat.matter.title}` } }),
        );
      });
    });
  });
};

/** A day's chats: questions are answered on the spot, troubles become tickets. */
export const tellChats = (story: Story, dayStart: Date, count: number): void => {
  const { agenda, dice } = story;
  for (let index = 0; index < count; index += 1) {
    agenda.add(new Date(dayStart.getTime() + (8.5 + dice.next() * 11) * hour), async () => {
      if (story.end.getTime() - story.clock.now().getTime() < longestChat) return;
      const matter = dice.pick(matters.filter(({ type }) => type === 'CONSULT' || type === 'HELP'));
      const person = personOf(dice);
      const id = await begin(story, { body: matter.content, person });
      converse(story, { id, agent: dice.pick(['agent1', 'agent2', 'agent3', 'agent4']), matter, person });
    });
  }
};

/** Two who wait at this moment. */
export const tellLastChats = (story: Story): void => {
  const { agenda, dice, end } = story;
  const waiting = (minutes: number, given: { readonly body: string; readonly person?: Person }): void =>
    agenda.add(new Date(end.getTime() - minutes * minute), async () => void (await begin(story, given)));
  waiting(6, { body: '我在安渡市上班，户口在澜州，身份证快到期了，能不能在安渡换？', person: personOf(dice) });
  waiting(2, { body: '小区门口的垃圾三天没有人收了，味道很大，找谁处理？' });
};
