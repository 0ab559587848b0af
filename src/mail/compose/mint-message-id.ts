import { randomUUID } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { ServiceError } from '../../domain/service-error.ts';
import { isUsableAddress } from './is-usable-address.ts';

/**
 * A new Message-ID at the domain of `accountAddress`, without angle brackets (RFC 5322 3.6.4).
 * @throws ServiceError InvalidInput when the address has no domain that can stand in a header.
 */
export function mintMessageId(accountAddress: string): string {
  // domainToASCII drops line ends silently, so the address is checked first.
  const usable = isUsableAddress(accountAddress);
  const domain = usable ? domainToASCII(accountAddress.slice(accountAddress.lastIndexOf('@') + 1)) : '';
  if (!/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(domain)) {
    throw new ServiceError('InvalidInput', 'The account address has no usable domain', {
      fix: 'Set the address of the account to name@domain',
    });
  }
  return `${randomUUID()}@${domain}`;
}
