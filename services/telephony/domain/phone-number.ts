export type NumberKind = 'MOBILE' | 'FIXED' | 'SHORT' | 'SP' | 'FOREIGN' | 'HIDDEN' | 'UNKNOWN';

export interface PhoneNumber {
  /** What the carrier or the citizen wrote. */
  readonly raw: string;
  readonly kind: NumberKind;
  /** Null where the number names nobody who could be rung or recognised. */
  readonly e164: string | null;
}

export interface NumberPlan {
  /** Area code of the site without the leading zero, put before 7- and 8-digit numbers. */
  readonly areaCode: string;
  /** On SMS, 106… is a service provider; on a trunk that strips the leading 0 it may be a Beijing line (design-channels §3.1). */
  readonly channel: 'voice' | 'sms';
}

/** 138****5678, 010****5678: as every list shows a number (rules §11.2). */
export const maskNumber = (e164: string): string => {
  const national = e164.startsWith('+86') ? e164.slice(3) : e164;
  if (/^1\d{10}$/.test(national)) return `${national.slice(0, 3)}****${national.slice(7)}`;
  return `${national.slice(0, Math.min(4, national.length - 4))}****${national.slice(-4)}`;
};
