import { demoStaff } from '#identity';
import { shanghaiDay, startOfShanghaiDay } from '#kernel';
import { compose } from '../composition';
import type { System } from '../composition/system';
import type { Progress } from '../progress';
import { createAgenda, createDice, createMovableClock } from './agenda';
import { createCast } from './cast';
import { atTheDesk } from './office-time';
import type { Story } from './story';
import { signOutAll, tellCalls, tellLastCalls } from './tell-calls';
import { tellChats, tellLastChats } from './tell-chats';
import { tellRatings } from './tell-ratings';
import { tellTickets } from './tell-tickets';

const dayMs = 86_400_000;

export interface Fortnight {
  readonly days: number;
  readonly seed: number;
  /** 1 = a small city's day in miniature: eight calls, two chats, two letters and thirty ratings. */
  readonly rate: number;
}

const usual: Fortnight = { days: 14, seed: 20_261_009, rate: 1 };

const tellDay = (story: Story, dayStart: Date, rate: number): void => {
  const working = story.system.calendar.isWorkingDay(shanghaiDay(dayStart));
  tellCalls(story, dayStart, Math.round((working ? 8 : 4) * rate));
  tellChats(story, dayStart, Math.round((working ? 2 : 1) * rate));
  tellTickets(story, dayStart, Math.round((working ? 2 : 1) * rate));
  // Somewhat more at the end, so that every desk has something to do when the demonstration opens.
  const recent = story.end.getTime() - dayStart.getTime() < 4 * dayMs;
  const bad = working ? (recent ? 5 : 2) : recent ? 2 : 0;
  tellRatings(story, dayStart, { good: Math.round((working ? 30 : 6) * rate), bad: Math.round(bad * rate) });
};

/** The guide that an agent of the city would cite for these words. */
const citableFor = async (system: System, words: string): Promise<{ readonly id: string; readonly version: number } | null> => {
  const { items } = await system.knowledge.search({ q: words, handlingRegion: '930100', limit: 1 });
  const [best] = items;
  return best === undefined ? null : { id: best.id, version: best.version };
};

/**
 * Lives through the days before now on the same database, by the same doors that people use and under a clock of its own: every trail,
 * chain and deadline is as if it had happened. The given system must not be serving yet.
 */
export const simulate = async (given: System, plan: Fortnight, onProgress: Progress = () => undefined): Promise<number> => {
  const end = given.clock.now();
  const firstDay = startOfShanghaiDay(shanghaiDay(new Date(end.getTime() - plan.days * dayMs)));
  const clock = createMovableClock(firstDay);
  const system = compose(given.config, { clock, logger: given.logger });
  try {
    await system.load();
    const dice = createDice(plan.seed);
    const agenda = createAgenda(clock);
    const cast = await createCast(system, demoStaff);
    const story: Story = {
      system,
      agenda,
      clock,
      dice,
      cast,
      callers: [],
      desk: atTheDesk(system.calendar),
      end,
      citable: (words) => citableFor(system, words),
    };
    for (let day = 0; day <= plan.days; day += 1) tellDay(story, new Date(firstDay.getTime() + day * dayMs), plan.rate);
    tellLastCalls(story);
    tellLastChats(story);
    await system.telephony.start();
    const steps = await agenda.runUntil(end, (done) => {
      if (done % 25 === 0) onProgress(done, null, '演示数据');
    });
    clock.set(end);
    await signOutAll(story);
    await system.settle();
    return steps;
  } finally {
    await system.telephony.stop();
    await system.close();
  }
};

/** Loads the guides and a plausible fortnight of calls, chats, tickets and ratings of the invented provinces. */
export const loadDemoProvince = async (system: System, onProgress?: Progress): Promise<void> => {
  await system.database.withoutFlush(async () => {
    onProgress?.(0, null, '办事指南');
    await system.knowledge.seedDemo();
    await simulate(system, usual, onProgress);
  });
};
