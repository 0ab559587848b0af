import type { Account } from '../domain/account.ts';

/** Says when replies do not go out from the address given: from none, or from one that the account had before. */
export function describeAddress({ id, address }: Pick<Account, 'id' | 'address'>, given: string): string[] {
  if (address === '') {
    return [
      `No replies are drafted: account "${id}" has no address to answer from; give one with --address.`,
    ];
  }
  if (given === '' || given === address) return [];
  return [`Account "${id}" goes on to answer from ${address}, not from ${given}.`];
}
