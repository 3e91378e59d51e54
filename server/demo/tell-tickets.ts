import type { Registered } from '#tickets';
import { systemActor } from '#kernel';
import type { Dice } from './agenda';
import { givenNames, type Matter, matters, surnames } from './matters';
import type { Person, Story } from './story';

const minute = 60_000;
const hour = 60 * minute;

export const personOf = (dice: Dice): Person => ({
  name: `${dice.pick(surnames)}${dice.pick(givenNames)}`,
  phone: `139${String(dice.whole(0, 99_999_999)).padStart(8, '0')}`,
});

const formOf = (matter: Matter, person: Person) => {
  const { type, title, content, categoryCode, urgency = 'NORMAL' } = matter;
  return {
    ...person,
    type,
    title,
    content,
    categoryCode,
    urgency,
    regionCode: '930100',
    ...(matter.address === undefined ? {} : { address: matter.address }),
    ...(matter.details === undefined ? {} : { details: matter.details }),
  };
};

/** Where the ticket stands now; each step reads it anew, as a person would. */
const versionOf = async (story: Story, id: string): Promise<{ readonly version: number; readonly state: string }> => {
  const { version, state } = await story.system.tickets.getTicket(id, story.cast('dispatcher1'));
  return { version, state };
};

const move = async (story: Story, id: string, step: { readonly by: string; readonly action: string; readonly input?: object }): Promise<void> => {
  const { version } = await versionOf(story, id);
  const input = (step.input ?? {}) as Parameters<typeof story.system.tickets.moveTicket>[1]['input'];
  await story.system.tickets.moveTicket(id, { action: step.action as never, input, ifMatch: version }, story.cast(step.by));
};

const moveLead = async (story: Story, id: string, step: { readonly by: string; readonly action: string; readonly input?: object }): Promise<void> => {
  const { subOrders } = await story.system.tickets.getTicket(id, story.cast('dispatcher1'));
  const lead = subOrders.find((subOrder) => subOrder.role === 'LEAD' && subOrder.state !== 'RETURNED');
  if (lead === undefined) return;
  const input = (step.input ?? {}) as Parameters<typeof story.system.tickets.moveSubOrder>[1]['input'];
  await story.system.tickets.moveSubOrder(lead.id, { action: step.action as never, input, ifMatch: lead.version }, story.cast(step.by));
};

const callBack = (story: Story, id: string, matter: Matter): Promise<void> => {
  const glad = story.dice.chance(0.9);
  return move(story, id, {
    by: story.dice.pick(['callback1', 'callback2']),
    action: 'callbackPass',
    input: {
      closeType: glad ? 'RESOLVED' : 'PARTIALLY_RESOLVED',
      callback: {
        at: story.clock.now(),
        method: 'PHONE',
        result: 'REACHED',
        isResolved: glad,
        satisfaction: glad ? 'SATISFIED' : 'BASICALLY_SATISFIED',
        note: `已告知：${matter.result}`,
      },
    },
  });
};

const isRecent = ({ end, clock }: Story): boolean => end.getTime() - clock.now().getTime() < 4 * 24 * hour;

/** From dispatch to call-back, each step when its people are at their desks; some are slow, which is what the desks are for. */
const handle = (story: Story, id: string, matter: Matter): void => {
  const { agenda, clock, dice, desk } = story;
  const slow = dice.chance(0.12);
  const after = (hours: number, run: () => Promise<void>): void => agenda.add(desk(new Date(clock.now().getTime() + hours * hour), dice.next()), run);
  after(dice.whole(1, 5), async () => {
    await move(story, id, { by: 'dispatcher1', action: 'dispatch', input: { units: [{ orgId: matter.orgId, role: 'LEAD' }] } });
    after(dice.whole(1, 8), async () => {
      await moveLead(story, id, { by: matter.handler, action: 'sign' });
      after(slow ? 24 * dice.whole(8, 12) : 24 * dice.whole(1, 3), async () => {
        await moveLead(story, id, {
          by: matter.handler,
          action: 'submit',
          input: { isTrue: true, contactedAt: clock.now(), result: matter.result, isResolved: true, publicReply: `您反映的事项已办理：${matter.result}` },
        });
        // The last days' results lie with the reviewers a little longer, so that their desk is not empty either.
        after(isRecent(story) && dice.chance(0.4) ? 72 : dice.whole(2, 9), async () => {
          await move(story, id, {
            by: dice.pick(['reviewer1', 'reviewer2']),
            action: 'approve',
            input: { opinion: '答复与诉求相符，同意。', reason: '诉求人无需回访' },
          });
          if ((await versionOf(story, id)).state === 'PENDING_CALLBACK') after(dice.whole(3, 24), () => callBack(story, id, matter));
        });
      });
    });
  });
};

/** What the agent types into the draft while the citizen speaks. */
export const fillDraft = async (
  story: Story,
  id: string,
  given: { readonly agent: string; readonly matter: Matter; readonly person: Person },
): Promise<void> => {
  const { version } = await versionOf(story, id);
  await story.system.tickets.saveDraft(id, { body: formOf(given.matter, given.person), ifMatch: version }, story.cast(given.agent));
};

/** The draft is written up: answered at once with a guide, or accepted and sent on its way. */
export const workUp = async (
  story: Story,
  id: string,
  given: { readonly agent: string; readonly matter: Matter; readonly unfinished?: boolean },
): Promise<void> => {
  const { agent, matter } = given;
  if (given.unfinished === true) return;
  const guide = matter.type === 'CONSULT' ? await story.citable(matter.details?.matter ?? matter.title) : null;
  if (guide !== null) {
    await move(story, id, { by: agent, action: 'answerDirect', input: { reply: matter.result, guideId: guide.id, guideVersion: guide.version } });
    return;
  }
  await move(story, id, { by: agent, action: 'accept' });
  handle(story, id, matter);
};

const takeOnline = async (story: Story, matter: Matter): Promise<void> => {
  const source = story.dice.pick(['WEB', 'MINI_PROGRAM', 'MAILBOX'] as const);
  const { ticket }: Registered = await story.system.tickets.registerTicket({ source, ...formOf(matter, personOf(story.dice)) }, systemActor);
  const later = (hours: number, run: () => Promise<void>): void =>
    story.agenda.add(story.desk(new Date(story.clock.now().getTime() + hours * hour), story.dice.next()), run);
  const accept = async (): Promise<void> => {
    await move(story, ticket.id, { by: 'dispatcher1', action: 'accept' });
    handle(story, ticket.id, matter);
  };
  later(1, async () => {
    if (!story.dice.chance(0.2)) return accept();
    // What was written leaves a question open; it is answered a day or two later, or not yet.
    await move(story, ticket.id, { by: 'dispatcher1', action: 'requestInfo', input: { missingInfo: '请说明具体地点和发生时间。' } });
    later(story.dice.whole(20, 60), async () => {
      await move(story, ticket.id, { by: 'dispatcher1', action: 'supplyInfo', input: { info: '来电人补充：就在门口，上周开始的。' } });
      await accept();
    });
  });
};

/** What comes in writing; the rest comes by phone and chat. */
export const tellTickets = (story: Story, dayStart: Date, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const matter = story.dice.pick(matters);
    const at = new Date(dayStart.getTime() + (8 + story.dice.next() * 12) * hour);
    story.agenda.add(at, () => takeOnline(story, matter));
  }
};
