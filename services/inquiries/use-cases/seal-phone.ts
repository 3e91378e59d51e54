import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { FieldCrypto } from '#platform';
import { phoneUnusable } from '../domain/refusals';

/** The number as E.164, sealed, with the keyed hash by which the same person can be found again (security P-1). */
export const sealPhone = (crypto: FieldCrypto, typed: string): { readonly citizenPhoneSealed: string; readonly phoneHash: string } => {
  const parsed = parsePhoneNumberFromString(typed, 'CN');
  if (parsed?.isValid() !== true) throw phoneUnusable();
  return { citizenPhoneSealed: crypto.seal(parsed.number), phoneHash: crypto.hashOf('phone', parsed.number) };
};
