import parsePhoneNumberFromString from 'libphonenumber-js/max';
import type { NumberPlan, PhoneNumber } from '../domain/phone-number';

const hidden = /^(anonymous|restricted|unavailable|private|unknown|withheld|\*+)$/i;
const fullWidth = /[\uff10-\uff19\uff0b\uff0d]/gu;
const toHalfWidth = (text: string): string => text.replaceAll(fullWidth, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0));

/** `sip:+8610…@host;user=phone`, `tel:…`, extensions after 转, ext, # or the last of three dashed parts. */
const bareDigits = (raw: string): string => {
  const address = toHalfWidth(raw)
    .trim()
    .replace(/^(sips?|tel):/i, '')
    .replace(/[@;].*$/, '');
  const withoutExtension = address
    .replace(/(转|分机|ext|x|#).*$/i, '')
    .trimEnd()
    .replace(/^(\+?\d{3,4}-\d{7,8}|\d{7,8})-\d{1,6}$/, '$1');
  return withoutExtension.replaceAll(/[^\d+]/g, '');
};

const parsed = (raw: string, digits: string): PhoneNumber => {
  const international = digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
  const candidates = [international, `+${digits.replace(/^\+/, '')}`];
  for (const candidate of candidates) {
    const number = parsePhoneNumberFromString(candidate, 'CN');
    if (number === undefined || !number.isValid()) continue;
    if (number.countryCallingCode !== '86') return { raw, kind: 'FOREIGN', e164: number.number };
    return { raw, kind: number.getType() === 'MOBILE' ? 'MOBILE' : 'FIXED', e164: number.number };
  }
  return { raw, kind: 'UNKNOWN', e164: null };
};

/** Once, at the edge of the system; matching is by the keyed hash of `e164` only (design-channels §3.1). */
export const normalizeNumber = (raw: string | null, plan: NumberPlan): PhoneNumber => {
  const given = (raw ?? '').slice(0, 80);
  const inner = given
    .trim()
    .replace(/^(sips?|tel):/i, '')
    .replace(/[@;].*$/, '');
  if (inner === '' || hidden.test(inner)) return { raw: given, kind: 'HIDDEN', e164: null };
  const digits = bareDigits(given);
  if (digits === '' || digits === '+') return { raw: given, kind: 'HIDDEN', e164: null };
  if (plan.channel === 'sms' && /^(\+?86)?106\d{5,17}$/.test(digits)) return { raw: given, kind: 'SP', e164: null };
  if (/^\d{3,6}$/.test(digits)) return { raw: given, kind: 'SHORT', e164: null };
  if (/^[2-8]\d{6,7}$/.test(digits) && plan.areaCode !== '') return parsed(given, `0${plan.areaCode}${digits}`);
  // 0 before a mobile number is how old exchanges asked for a trunk line.
  if (/^01[3-9]\d{9}$/.test(digits)) return parsed(given, digits.slice(1));
  return parsed(given, digits);
};
