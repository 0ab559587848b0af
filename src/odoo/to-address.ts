import { ServiceError } from '../domain/service-error.ts';

/** One mailbox and no more: a comma or bracket would make two addresses of it when someone writes to the contact. */
const ADDRESS = /^[^\s\p{C}<>,;:"()@]+@[^\s\p{C}<>,;:"()@]+$/u;

/** Trimmed and lower-cased, as Odoo's `email_normalized`. Throws `InvalidInput`. */
export function toAddress(text: string): string {
  const address = text.trim().toLowerCase();
  if (address.length <= 320 && ADDRESS.test(address)) return address;
  throw new ServiceError(
    'InvalidInput',
    'The sender has no usable address, so there is no contact to sync to',
  );
}
