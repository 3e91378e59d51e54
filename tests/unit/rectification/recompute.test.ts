import { createCalendar } from '#calendar';
import { createFacts } from '#platform';
import { systemActor } from '#kernel';
import { openWorld, people } from '../../support/rectification-world';

test('a deadline across an unpublished new year is computed again when the year is imported; the first one stays', async () => {
  const world = await openWorld('2026-12-28T01:00:00.000Z');
  try {
    const { database, clock } = world.temporary;
    const id = await world.open();
    const before = await world.rectification.getCase(id, people.supervisor);
    const rectify = before.deadlines.find((deadline) => deadline.clock === 'rectify');
    expect(rectify).toMatchObject({ provisional: true });

    const days = ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04', '2027-10-01'].map((date) => ({ date, kind: 'HOLIDAY' as const, label: '假' }));
    await createCalendar({ database, clock }).importYear({ year: 2027, region: '000000', source: '试', days }, systemActor);
    const facts = createFacts(database);
    await facts.numberOutbox(100);
    const imported = (await facts.after(0, 100)).find((fact) => fact.name === 'calendar.imported');
    if (imported === undefined) throw new Error('the import told nobody');
    for (const reaction of world.rectification.reactions) await reaction.run(imported);
    for (const reaction of world.rectification.reactions) await reaction.run(imported);

    const after = await world.rectification.getCase(id, people.supervisor);
    expect(after.firstDueAt).toBe(before.firstDueAt);
    expect(Date.parse(after.rectifyDueAt)).toBeGreaterThan(Date.parse(before.rectifyDueAt));
    expect(after.deadlines.find((deadline) => deadline.clock === 'rectify')).toMatchObject({ provisional: false, firstDueAt: before.firstDueAt });
    expect(after.timeline.at(-1)?.label).toBe('日历更新，期限重算');
    expect(after.version).toBe(2);
    for (const finding of await world.rectification.verify()) expect(finding).toMatchObject({ offending: [] });
  } finally {
    await world.close();
  }
});
