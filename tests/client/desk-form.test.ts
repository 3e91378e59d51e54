import { missingForVerify, outcomeOptions, toBody, toDeskForm, verifyInput } from '../../client/src/features/desk/desk-form';

const empty = { form: {}, draft: null, isTrue: null, isReasonable: null, outcome: null };

describe('差评整改表单', () => {
  test('a clear and reasonable complaint bars the mere explanation, and says why', () => {
    const lockOf = (isTrue: boolean | null, isReasonable: boolean | null): string | null | undefined =>
      outcomeOptions({ isTrue, isReasonable }).find((option) => option.outcome === 'EXPLANATION')?.lock;
    expect(lockOf(true, true)).toContain('不得选');
    expect([lockOf(true, false), lockOf(false, true), lockOf(null, null)]).toEqual([null, null, null]);
  });

  test('what the draft holds goes before what was submitted', () => {
    const form = toDeskForm({
      ...empty,
      form: { measures: '旧', opinion: '已核实' },
      draft: { form: { measures: '新' }, savedAt: '', by: '', draftVersion: 2 },
      outcome: 'TIMED_FIX',
    });
    expect(form).toMatchObject({ measures: '新', opinion: '已核实', outcome: 'TIMED_FIX', reply: '' });
  });

  test('a cleared text is sent as empty, a cleared choice is not sent at all', () => {
    const body = toBody(toDeskForm(empty));
    expect(body).toMatchObject({ reply: '', measures: '' });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['outcome']));
    expect('finishedAt' in body || 'isTrue' in body).toBe(false);
  });

  test('an anonymous rating asks for the examination, a named one for none', () => {
    const form = { ...toDeskForm(empty), isTrue: true, isReasonable: true, outcome: 'IMMEDIATE_FIX' as const, opinion: '属实' };
    expect(missingForVerify(form, true)).toEqual([]);
    expect(missingForVerify(form, false)).toEqual(['调阅核查记录']);
    expect(verifyInput(form)).toEqual({ isTrue: true, isReasonable: true, outcome: 'IMMEDIATE_FIX', opinion: '属实' });
  });
});
