import { RatingInput } from '#contracts/api/ratings';
import { demoUnits } from '#identity';
import { systemActor, toShanghaiIso } from '#kernel';
import { complaints, services } from './matters';
import type { Story } from './story';
import { personOf } from './tell-tickets';

const hour = 3_600_000;

type Service = (typeof services)[number];

/** A one-pixel picture: the demonstration has no photographs, and says so in the file's name. */
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const deptCodeOf = (orgId: string): string => demoUnits.find((unit) => unit.id === orgId)?.deptCode ?? '';

const ratingOf = (story: Story, service: Service, bad: (typeof complaints)[number] | null): RatingInput => {
  const { dice, clock } = story;
  const named = dice.chance(bad === null ? 0.3 : 0.75);
  const person = personOf(dice);
  return RatingInput.parse({
    codeSystem: 'PLATFORM',
    sourceSystem: 'yj-gov-service',
    projectNo: `YJ${clock.now().getTime().toString(36).toUpperCase()}${dice.whole(1000, 9999)}`,
    serviceNumber: 1,
    assessNumber: 1,
    satisfaction: bad?.level ?? dice.pick(['5', '5', '5', '4', '4', '3']),
    channel: dice.pick(['2', '3', '4', '4']),
    assessTime: toShanghaiIso(clock.now()),
    acceptDate: toShanghaiIso(new Date(clock.now().getTime() - 2 * hour)),
    taskCode: service.taskCode,
    taskName: service.taskName,
    deptCode: deptCodeOf(service.orgId),
    areaCode: '930100',
    proStatus: '3',
    caseType: '2',
    windowName: service.windowName,
    ...(bad === null ? {} : { evalDetail: bad.tags, writingEvaluation: bad.words }),
    ...(named ? { userName: person.name, mobile: person.phone } : { isAnonymous: true }),
  });
};

interface CaseStep {
  readonly by: string;
  readonly action: string;
  readonly input?: Parameters<Story['system']['rectification']['moveCase']>[1]['input'];
}

const moveCase = async (story: Story, id: string, step: CaseStep): Promise<void> => {
  const actor = story.cast(step.by);
  const { version } = await story.system.rectification.getCase(id, story.cast('supervisor1'));
  await story.system.rectification.moveCase(id, { action: step.action, input: step.input ?? {}, ifMatch: version }, actor);
};

const verifyInput = (story: Story, named: boolean): NonNullable<CaseStep['input']> => ({
  isTrue: true,
  isReasonable: true,
  outcome: story.dice.chance(0.7) ? 'IMMEDIATE_FIX' : 'TIMED_FIX',
  opinion: '经核实，评价所述情况属实。',
  ...(named
    ? { contact: { at: story.clock.now(), method: 'PHONE', result: 'REACHED', note: '评价人说明了当天情况。' } }
    : { examination: '调取叫号记录和窗口录像，情况与评价一致。' }),
});

const submitFix = async (story: Story, id: string, service: Service): Promise<void> => {
  const actor = story.cast(service.handler);
  await story.system.attachments.add(
    { subject: 'rectification', subjectId: id, purpose: 'EVIDENCE', fileName: '整改佐证（演示占位图）.png', content: picture },
    actor,
  );
  const now = story.clock.now();
  await moveCase(story, id, {
    by: service.handler,
    action: 'submit',
    input: {
      measures: '窗口停用旧告知牌，张贴一次性告知单，并对当班人员补训。',
      finishedAt: now,
      reason: '需要更换各窗口告知牌',
      ledger: '第一天停用旧告知牌；第二天张贴新告知单；第三天补训。',
      finishBy: toShanghaiIso(now).slice(0, 10),
      reply: '您反映的问题已经整改，给您带来不便，我们表示歉意。',
      replyMethod: 'PHONE',
    },
  });
};

const closeCase = async (story: Story, id: string, named: boolean): Promise<void> => {
  await moveCase(story, id, { by: 'supervisor1', action: 'approve', input: { opinion: '整改措施具体，佐证齐全。' } });
  if (!named) return;
  story.agenda.add(story.desk(new Date(story.clock.now().getTime() + story.dice.whole(2, 20) * hour), story.dice.next()), () =>
    moveCase(story, id, {
      by: 'callback1',
      action: 'callbackPass',
      input: { callback: { at: story.clock.now(), method: 'PHONE', result: 'ACCEPTED', note: '评价人认可整改。' } },
    }),
  );
};

const appeal = async (story: Story, id: string, service: Service): Promise<void> => {
  const actor = story.cast(service.approver);
  const { id: file } = await story.system.attachments.add(
    { subject: 'rectification', subjectId: id, purpose: 'APPEAL', fileName: '叫号记录（演示占位图）.png', content: picture },
    actor,
  );
  await moveCase(story, id, { by: service.approver, action: 'appeal', input: { reason: '评价人当天未在本窗口办理，疑为点错窗口。', attachmentIds: [file] } });
  story.agenda.add(story.desk(new Date(story.clock.now().getTime() + 20 * hour), story.dice.next()), () =>
    moveCase(story, id, {
      by: 'appeal1',
      action: 'uphold',
      input: { category: 'WRONG_TARGET', basis: '叫号记录与窗口编号不一致', opinion: '对象错误，认定成立。' },
    }),
  );
};

/** Most cases go their way in time; one in nine is left lying, one in twelve is appealed. */
const rectify = (story: Story, id: string, given: { readonly service: Service; readonly named: boolean }): void => {
  const { agenda, clock, dice, desk } = story;
  const { service, named } = given;
  const lazy = dice.chance(0.1);
  const appeals = !lazy && dice.chance(0.08);
  const after = (hours: number, run: () => Promise<void>): void => agenda.add(desk(new Date(clock.now().getTime() + hours * hour), dice.next()), run);
  after(lazy ? 24 * dice.whole(2, 4) : dice.whole(1, 6), async () => {
    await moveCase(story, id, { by: service.handler, action: 'verify', input: verifyInput(story, named) });
    if (appeals) return after(3, () => appeal(story, id, service));
    return after(lazy ? 24 * 12 : dice.whole(4, 30), async () => {
      await submitFix(story, id, service);
      after(dice.whole(2, 8), () => closeCase(story, id, named));
    });
  });
};

const takeIn = async (story: Story, count: number, bad: boolean): Promise<void> => {
  const { dice, system } = story;
  // The social security bureau is the unit of the tour: half of the bad ratings are about it.
  const service = bad && dice.chance(0.5) ? (services[dice.whole(0, 1)] ?? services[0]) : dice.pick(services);
  if (!bad) {
    await Promise.all(Array.from({ length: count }, () => system.ratings.receive(ratingOf(story, dice.pick(services), null), systemActor)));
    return;
  }
  const input = ratingOf(story, service, dice.pick(complaints));
  const { receipt } = await system.ratings.receive(input, systemActor);
  if ('rectificationId' in receipt && receipt.rectificationId !== null) rectify(story, receipt.rectificationId, { service, named: input.isAnonymous !== true });
};

/** A working day's ratings: good ones by the handful, and now and then a bad one. */
export const tellRatings = (story: Story, dayStart: Date, given: { readonly good: number; readonly bad: number }): void => {
  const during = (): Date => new Date(dayStart.getTime() + (9 + story.dice.next() * 8) * hour);
  for (let index = 0; index < given.good; index += 10) story.agenda.add(during(), () => takeIn(story, Math.min(10, given.good - index), false));
  for (let index = 0; index < given.bad; index += 1) story.agenda.add(during(), () => takeIn(story, 1, true));
};
