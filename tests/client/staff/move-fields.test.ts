import { ticketLifecycle } from '#contracts/lifecycles/ticket.lifecycle';
import { allLifecycles } from '#contracts/lifecycles/index';
import { cleanInput, fieldsOfMove, missingIn } from '../../../client/src/shared/moves/move-fields';
import { formOf, patchOf, type TicketForm } from '../../../client/src/features/console/ticket-form';

describe('动作的表单由状态表画出', () => {
  test('转出：去向和方式必填，码都有中文', () => {
    const fields = fieldsOfMove(ticketLifecycle, { needs: ['referralTarget', 'referralMethod'], takes: ['consentedAt', 'opinion'] });
    expect(fields.map((field) => `${field.label}:${field.kind}:${field.required}`)).toEqual([
      '转出去向:choice:true',
      '转出方式:choice:true',
      '诉求人同意时间:instant:false',
      '意见:paragraph:false',
    ]);
    expect(fields[1]?.choices.map((choice) => choice.label)).toContain('三方转接');
  });

  test('没有一个码在屏幕上还是码', () => {
    const codes = allLifecycles.flatMap((table) => {
      const names = Object.keys(table.fields);
      return fieldsOfMove(table, { needs: names, takes: [] }).flatMap((field) => [field, ...field.fields]);
    });
    const bare = codes.flatMap((field) => field.choices.filter((choice) => /^[A-Z_]+$/.test(choice.label)).map((choice) => `${field.path}=${choice.value}`));
    expect(bare).toEqual([]);
  });

  test('没填的不送，整组没填的也不送；开了头的组要填全', () => {
    const fields = fieldsOfMove(ticketLifecycle, { needs: ['reason'], takes: ['callback', 'opinion'] });
    expect(cleanInput(fields, { reason: '问题未解决', opinion: '  ', callback: { note: '' } })).toEqual({ reason: '问题未解决' });
    expect(missingIn(fields, { callback: {} })).toEqual(['原因']);
    expect(missingIn(fields, { reason: 'x', callback: { method: 'PHONE' } })).toEqual(['时间', '结果']);
  });
});

describe('登记表', () => {
  const form: TicketForm = formOf({
    type: 'CONSULT',
    title: '',
    content: '',
    form: null,
    isAnonymous: false,
    regionCode: '990100',
    urgency: 'NORMAL',
    isComplex: false,
    categoryCode: null,
    isSecret: false,
    needReply: true,
    details: {},
  } as never);

  test('可以空的用 null 清掉，不能空的不送空', () => {
    expect(patchOf({ phone: '', address: ' ', title: '', content: '新内容' }, form)).toEqual({ phone: null, address: null, content: '新内容' });
  });

  test('咨询没写明事项时，用标题作事项', () => {
    expect(patchOf({ title: '社保卡补换' }, { ...form, title: '社保卡补换' })).toEqual({ title: '社保卡补换', details: { matter: '社保卡补换' } });
  });
});
