import { shanghaiDay, type StaffActor, startOfShanghaiDay } from '#kernel';
import { type Matter, matters } from './matters';
import type { Person, Story } from './story';
import { fillDraft, personOf, workUp } from './tell-tickets';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const seats = ['agent1', 'agent2', 'agent3', 'agent4'] as const;
type Seat = (typeof seats)[number];

/** The seats' day: who rings while they change over, or at night, waits for nobody. */
const shift = { opens: 8, changes: 12, goesOn: 12.4, closes: 20.5 } as const;

/** No call may be under way when the story ends: nobody would be there to end it. */
const longestCall = 12 * minute;

/** What was said when somebody was rung back. */
const notes = [
  '已回拨，来电人咨询社保卡补办地点，已告知。',
  '已回拨，来电人问工单进度，已说明正在办理。',
  '已回拨，来电人称问题已经解决，不再反映。',
  '已回拨，来电人咨询公交改线，已告知线路和时间。',
] as const;

interface Line {
  readonly callId: string;
  readonly legId: string;
}

const later = (story: Story, seconds: number, run: () => Promise<void>): void =>
  story.agenda.add(new Date(story.clock.now().getTime() + seconds * second), run);

/** The seats' pages answer the probe, as they do every few seconds; a seat that was not heard of is rung by nobody. */
const hearSeats = async (story: Story): Promise<void> => {
  const { presence } = story.system.telephony;
  for (const seat of seats) presence.agentSeen(story.cast(seat).id);
  await presence.flush();
};

const changeSeats = async (story: Story, state: 'READY' | 'BREAK' | 'OFFLINE'): Promise<void> => {
  const { telephony } = story.system;
  for (const seat of seats) {
    const actor = story.cast(seat);
    if (state === 'READY') await telephony.agents.hello(actor, { deviceOk: true, epoch: null });
    await telephony.agents.changeState(actor, state === 'BREAK' ? { state, reason: '换班' } : { state });
  }
  await telephony.settle();
};

/** The story's seats leave the house, so that the system that starts afterwards rings no empty chair. */
export const signOutAll = (story: Story): Promise<void> => changeSeats(story, 'OFFLINE');

const dial = async (story: Story, person: Person): Promise<Line> => {
  const { telephony } = story.system;
  const actor = { kind: 'citizen', id: 'WEB_CALL', address: 'demo' } as const;
  const { callId, legId } = await telephony.startWebCall({ phone: person.phone, dialled: '12345', actor, address: person.phone });
  await hearSeats(story);
  await telephony.signalling.embedded.citizenUp(callId, legId);
  await telephony.settle();
  return { callId, legId };
};

const rungSeat = async (story: Story, line: Line): Promise<Seat | null> => {
  for (const seat of seats) {
    const session = await story.system.telephony.agents.session(story.cast(seat));
    if (session.state === 'RINGING' && session.callId === line.callId) return seat;
  }
  return null;
};

const answer = async (story: Story, line: Line, actor: StaffActor): Promise<void> => {
  const { telephony } = story.system;
  const { callId } = line;
  await telephony.accept(callId, actor);
  await telephony.settle();
  const leg = await telephony.signalling.agentLegOf(callId, actor.id);
  if (leg === null) throw new Error('an answered call has no leg');
  const head = { eventId: `${leg}:up`, adapter: 'embedded', extCall: callId, callId, leg, at: story.clock.now() } as const;
  await telephony.intake({ ...head, t: 'leg.state', state: 'UP' });
};

const endTalk = async (story: Story, line: Line, actor: StaffActor): Promise<void> => {
  const { telephony } = story.system;
  if (story.dice.chance(0.5)) await telephony.hangUp(line.callId, actor);
  else await telephony.signalling.embedded.citizenGone(line.callId, line.legId, 'normal');
  await telephony.settle();
};

interface Ring {
  readonly person: Person;
  readonly matter: Matter;
  /** Hangs up while it still rings. */
  readonly impatient?: boolean;
  /** The agent has not written it up yet. */
  readonly unfinished?: boolean;
}

/** The talk: the form fills while the citizen speaks, and is written up after the line is free. */
const talk = async (story: Story, line: Line, given: Ring & { readonly agent: Seat }): Promise<void> => {
  const { dice, system } = story;
  const actor = story.cast(given.agent);
  await answer(story, line, actor);
  later(story, dice.whole(80, 420), async () => {
    const draft = await system.tickets.draftOfCall(line.callId);
    if (draft === null) throw new Error('an answered call has no draft');
    await fillDraft(story, draft.ticketId, given);
    await endTalk(story, line, actor);
    later(story, dice.whole(10, 28), async () => {
      await workUp(story, draft.ticketId, given);
      await hearSeats(story);
      await system.telephony.wrapUp.done(line.callId, actor);
      await system.telephony.settle();
    });
  });
};

/** Rings the citizen back, if the promise still stands; every fifth time nobody answers, and it stands on. */
const ringBack = async (story: Story, taskId: string): Promise<void> => {
  const { callbackTasks } = story.system.telephony;
  const by = story.cast(story.dice.pick(['callback1', 'callback2']));
  const { state, version } = await callbackTasks.get(taskId, by);
  if (state !== 'OPEN') return;
  const claimed = await callbackTasks.move(taskId, { action: 'claim', input: {}, ifMatch: version }, by);
  const reached = story.dice.chance(0.8);
  const result = reached
    ? { action: 'reach', input: { note: story.dice.pick(notes) } }
    : { action: 'attempt', input: { result: story.dice.pick(['NO_ANSWER', 'BUSY']) } };
  later(story, story.dice.whole(40, 200), async () => {
    await callbackTasks.move(taskId, { ...result, ifMatch: claimed.version }, by);
    if (!reached) later(story, 2.2 * 3_600, () => ringBack(story, taskId));
  });
};

/** The citizen is gone before anybody answered: a promise to ring back is left, which is kept by somebody or by their own next call. */
const giveUp = async (story: Story, line: Line, person: Person): Promise<void> => {
  const { dice, system, desk } = story;
  const { embedded } = system.telephony.signalling;
  const view = await system.telephony.signalling.callView(line.callId);
  // Whoever waits longer hears the offer to be rung back, and some take it.
  if (view?.state === 'QUEUED' && dice.chance(0.4)) {
    await embedded.keyPressed({ callId: line.callId, legId: line.legId, digit: '1', eventId: `${line.legId}:key` });
  } else await embedded.citizenGone(line.callId, line.legId, 'normal');
  await system.telephony.settle();
  const { taskId } = await system.telephony.calls.get(line.callId, story.cast('lead1'));
  if (taskId === null) return;
  if (dice.chance(0.25)) later(story, 60 * dice.whole(31, 90), () => ring(story, { person, matter: dice.pick(matters) }));
  const backAt = desk(new Date(story.clock.now().getTime() + dice.whole(2, 4) * hour), dice.next());
  story.agenda.add(backAt, () => ringBack(story, taskId));
};

const ring = async (story: Story, given: Ring): Promise<void> => {
  const { dice } = story;
  if (story.end.getTime() - story.clock.now().getTime() < longestCall) return;
  const line = await dial(story, given.person);
  const agent = await rungSeat(story, line);
  // Ringing lasts 15 seconds at the most, waiting goes on until the caller has had enough.
  if (agent === null) return later(story, dice.whole(65, 170), () => giveUp(story, line, given.person));
  if (given.impatient === true) return later(story, dice.whole(7, 13), () => giveUp(story, line, given.person));
  later(story, dice.whole(2, 9), () => talk(story, line, { ...given, agent }));
};

/** Every sixth caller is an earlier one, so that the caller's card has something to tell. */
const somebody = ({ dice, callers }: Story): Person => {
  if (callers.length > 0 && dice.chance(0.17)) return dice.pick(callers);
  const person = personOf(dice);
  callers.push(person);
  return person;
};

const tellShift = (story: Story, dayStart: Date): void => {
  const at = (hours: number): Date => new Date(dayStart.getTime() + hours * hour);
  story.agenda.add(at(shift.opens), () => changeSeats(story, 'READY'));
  story.agenda.add(at(shift.changes), () => changeSeats(story, 'BREAK'));
  story.agenda.add(at(shift.goesOn), () => changeSeats(story, 'READY'));
  story.agenda.add(at(shift.closes), () => changeSeats(story, 'OFFLINE'));
};

/** A day on the line: most are answered at once, one in ten is not. */
export const tellCalls = (story: Story, dayStart: Date, count: number): void => {
  const { agenda, dice } = story;
  tellShift(story, dayStart);
  for (let index = 0; index < count; index += 1) {
    const lost = dice.chance(0.1);
    const impatient = lost && dice.chance(0.5);
    // Lost ones ring while the seats change over, unless they are the ones who do not wait.
    const time = lost && !impatient ? shift.changes + 0.02 + dice.next() * 0.3 : shift.opens + 0.1 + dice.next() * 11.8;
    agenda.add(new Date(dayStart.getTime() + time * hour), () => ring(story, { person: somebody(story), matter: dice.pick(matters), impatient }));
  }
};

const isManned = (at: Date): boolean => {
  const time = (at.getTime() - startOfShanghaiDay(shanghaiDay(at)).getTime()) / hour;
  return time > shift.opens + 0.1 && time < shift.closes - 0.3;
};

/** Just now: some were answered, two of them are still being written up, and two were lost, so that there is somebody to ring back. */
export const tellLastCalls = (story: Story): void => {
  const { agenda, dice, end } = story;
  const rang = (minutes: number, how: Partial<Ring>): void => {
    const at = new Date(end.getTime() - minutes * minute);
    if (how.impatient !== true && !isManned(at)) return;
    agenda.add(at, () => ring(story, { person: somebody(story), matter: dice.pick(matters), ...how }));
  };
  for (const minutes of [176, 149, 128, 112, 86, 47]) rang(minutes, {});
  for (const minutes of [71, 34]) rang(minutes, { unfinished: true });
  for (const minutes of [95, 22]) rang(minutes, { impatient: true });
};
