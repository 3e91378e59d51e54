import { maskNumber, normalizeNumber } from '#telephony';

const voice = { areaCode: '20', channel: 'voice' } as const;
const mobile = '+8613800138000';
const beijing = '+861012345678';
const canton = '+862083123456';

const table: readonly (readonly [string | null, string, string | null])[] = [
  ['13800138000', 'MOBILE', mobile],
  ['013800138000', 'MOBILE', mobile],
  ['+8613800138000', 'MOBILE', mobile],
  ['8613800138000', 'MOBILE', mobile],
  ['008613800138000', 'MOBILE', mobile],
  ['+86 138 0013 8000', 'MOBILE', mobile],
  ['138-0013-8000', 'MOBILE', mobile],
  ['(138)00138000', 'MOBILE', mobile],
  ['１３８００１３８０００', 'MOBILE', mobile],
  ['＋８６１３８００１３８０００', 'MOBILE', mobile],
  [' 13800138000 ', 'MOBILE', mobile],
  ['tel:+8613800138000', 'MOBILE', mobile],
  ['sip:13800138000@10.0.0.1', 'MOBILE', mobile],
  ['sip:+8613800138000@ims.example;user=phone', 'MOBILE', mobile],
  ['sips:008613800138000@ims.example', 'MOBILE', mobile],
  ['19912345678', 'MOBILE', '+8619912345678'],
  ['16612345678', 'MOBILE', '+8616612345678'],
  ['17012345678', 'MOBILE', '+8617012345678'],
  ['010-12345678', 'FIXED', beijing],
  ['01012345678', 'FIXED', beijing],
  ['(010)12345678', 'FIXED', beijing],
  ['+86 10 1234 5678', 'FIXED', beijing],
  ['00861012345678', 'FIXED', beijing],
  ['861012345678', 'FIXED', beijing],
  ['010-12345678-801', 'FIXED', beijing],
  ['010-12345678转801', 'FIXED', beijing],
  ['010-12345678 转 801', 'FIXED', beijing],
  ['010-12345678分机801', 'FIXED', beijing],
  ['010-12345678 ext.801', 'FIXED', beijing],
  ['010-12345678#801', 'FIXED', beijing],
  ['83123456', 'FIXED', canton],
  ['83123456-801', 'FIXED', canton],
  ['8312 3456', 'FIXED', canton],
  ['020-83123456', 'FIXED', canton],
  ['0755-83123456', 'FIXED', '+8675583123456'],
  ['0755 8312 3456', 'FIXED', '+8675583123456'],
  ['4008001234', 'FIXED', '+864008001234'],
  ['400-800-1234', 'FIXED', '+864008001234'],
  ['8008101234', 'FIXED', '+868008101234'],
  ['12345', 'SHORT', null],
  ['110', 'SHORT', null],
  ['119', 'SHORT', null],
  ['10086', 'SHORT', null],
  ['12315', 'SHORT', null],
  ['123456', 'SHORT', null],
  ['+852 2345 6789', 'FOREIGN', '+85223456789'],
  ['0085223456789', 'FOREIGN', '+85223456789'],
  ['+853 6612 3456', 'FOREIGN', '+85366123456'],
  ['+12025550143', 'FOREIGN', '+12025550143'],
  ['0044 20 7946 0018', 'FOREIGN', '+442079460018'],
  ['', 'HIDDEN', null],
  [null, 'HIDDEN', null],
  ['anonymous', 'HIDDEN', null],
  ['Restricted', 'HIDDEN', null],
  ['sip:anonymous@anonymous.invalid', 'HIDDEN', null],
  ['unavailable', 'HIDDEN', null],
  ['***', 'HIDDEN', null],
  ['abc', 'HIDDEN', null],
  ['+', 'HIDDEN', null],
  ['1380013800', 'UNKNOWN', null],
  ['138001380001', 'UNKNOWN', null],
  ['99999999999999999', 'UNKNOWN', null],
];

describe('号码归一（design-channels §3.1）', () => {
  test.each(table)('%p → %s %s', (raw, kind, e164) => {
    expect(normalizeNumber(raw, voice)).toEqual({ raw: raw ?? '', kind, e164 });
  });

  test('on SMS 106… is a service provider, on the phone it may be a Beijing line', () => {
    expect(normalizeNumber('1064812345', { areaCode: '20', channel: 'sms' }).kind).toBe('SP');
    expect(normalizeNumber('1064812345', voice).kind).not.toBe('SP');
  });

  test('without a known area code a local number names nobody', () => {
    expect(normalizeNumber('83123456', { areaCode: '', channel: 'voice' }).e164).toBeNull();
  });

  test.each([
    [mobile, '138****8000'],
    [beijing, '10****5678'],
    ['+85223456789', '+852****6789'],
  ])('%s is shown as %s', (e164, masked) => {
    const shown = maskNumber(e164);
    expect(shown.endsWith(masked.slice(-8))).toBe(true);
    expect(shown).toContain('****');
  });
});
