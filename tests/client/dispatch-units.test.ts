import { handleLimitOf } from '../../client/src/features/dispatch/limits';
import { addUnit, objectionTo, removeUnit, setRole, toUnits } from '../../client/src/features/dispatch/unit-choice';

const urban = { id: 'org-a', name: '市城管局' };
const housing = { id: 'org-b', name: '市住建局' };

describe('派单选单位', () => {
  test('the first leads, later ones help, a unit stands once', () => {
    const chosen = addUnit(addUnit(addUnit([], urban), housing), urban);
    expect(chosen.map((one) => [one.orgId, one.role])).toEqual([
      ['org-a', 'LEAD'],
      ['org-b', 'CO'],
    ]);
    expect(objectionTo(chosen, false)).toBeUndefined();
  });

  test('naming another lead makes the old one help, so there is always exactly one', () => {
    const chosen = setRole(addUnit(addUnit([], urban), housing), 'org-b', 'LEAD');
    expect(chosen.filter((one) => one.role === 'LEAD').map((one) => one.orgId)).toEqual(['org-b']);
    expect(objectionTo(removeUnit(chosen, 'org-b'), false)).toContain('恰好一个主办');
  });

  test('a secret ticket names a handler for each unit', () => {
    const chosen = addUnit([], urban);
    expect(objectionTo(chosen, true)).toContain('承办人');
    const named = chosen.map((one) => ({ ...one, handlerId: 'stf-1', handlerName: '某人' }));
    expect(objectionTo(named, true)).toBeUndefined();
    expect(toUnits(named)).toEqual([{ orgId: 'org-a', role: 'LEAD', handlerId: 'stf-1' }]);
  });

  test('limits of the preview are the defaults of rules §3.8', () => {
    expect(handleLimitOf({ urgency: 'EMERGENCY', isComplex: false, type: 'HELP' })).toEqual({ amount: 2, unit: 'HOUR' });
    expect(handleLimitOf({ urgency: 'NORMAL', isComplex: false, type: 'CONSULT' })).toEqual({ amount: 2, unit: 'WORKING_DAY' });
    expect(handleLimitOf({ urgency: 'NORMAL', isComplex: true, type: 'HELP' })).toEqual({ amount: 15, unit: 'NATURAL_DAY' });
  });
});
