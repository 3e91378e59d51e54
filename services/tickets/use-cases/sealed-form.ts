import type { FieldCrypto } from '#platform';
import { toE164 } from '../domain/phone';
import type { Complainant, Ticket, TicketDetails } from '../domain/ticket';

interface TypedForm {
  readonly address?: string | null | undefined;
  readonly details?: TicketDetails | undefined;
  readonly name?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

const orNull = (value: string | null | undefined): string | null => (value === undefined || value === '' ? null : value);

/** The same place however it is spaced, so that repetition can be seen without reading the address (rules §3.3.3). */
export const addressHashOf = (crypto: FieldCrypto, address: string): string =>
  crypto.hashOf(
    'token',
    `address\n${address
      .normalize('NFKC')
      .replaceAll(/[\s,，。、·-]/g, '')
      .toLowerCase()}`,
  );

export const phoneHashOf = (crypto: FieldCrypto, phone: string): string => crypto.hashOf('phone', toE164(phone));

/** rules §11.2: what is S2 or S3 leaves this function sealed. */
export const sealedForm = (crypto: FieldCrypto, form: TypedForm): Pick<Ticket, 'detailsSealed' | 'addressSealed' | 'addressHash'> => {
  const address = orNull(form.address);
  return {
    detailsSealed: form.details === undefined ? null : crypto.seal(JSON.stringify(form.details)),
    addressSealed: address === null ? null : crypto.seal(address),
    addressHash: address === null ? null : addressHashOf(crypto, address),
  };
};

export const sealedName = (crypto: FieldCrypto, typed: string | null | undefined): Pick<Complainant, 'nameSealed' | 'nameHash'> => {
  const name = orNull(typed);
  return { nameSealed: name === null ? null : crypto.seal(name), nameHash: name === null ? null : crypto.hashOf('name', name) };
};

export const sealedPhone = (crypto: FieldCrypto, typed: string | null | undefined): Pick<Complainant, 'phoneSealed' | 'phoneHash'> => {
  const phone = orNull(typed);
  return { phoneSealed: phone === null ? null : crypto.seal(toE164(phone)), phoneHash: phone === null ? null : phoneHashOf(crypto, phone) };
};

export const sealedComplainant = (crypto: FieldCrypto, form: TypedForm): Pick<Complainant, 'nameSealed' | 'nameHash' | 'phoneSealed' | 'phoneHash'> => ({
  ...sealedName(crypto, form.name),
  ...sealedPhone(crypto, form.phone),
});

export const openOrNull = (crypto: FieldCrypto, sealed: string | null): string | null => (sealed === null ? null : crypto.open(sealed));

export const detailsOf = (crypto: FieldCrypto, ticket: Pick<Ticket, 'detailsSealed'>): TicketDetails =>
  ticket.detailsSealed === null ? {} : (JSON.parse(crypto.open(ticket.detailsSealed)) as TicketDetails);

export const sealedOrNull = (crypto: FieldCrypto, plain: string | null | undefined): string | null => {
  const text = orNull(plain);
  return text === null ? null : crypto.seal(text);
};
