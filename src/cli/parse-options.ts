import { InvalidArgumentError } from 'commander';
import { ACCOUNT_ID_PATTERN } from '../domain/account.ts';

export function parseAccountId(text: string): string {
  if (ACCOUNT_ID_PATTERN.test(text)) return text;
  throw new InvalidArgumentError('Use 1 to 48 lower-case letters, digits and dashes.');
}

export function parseWhole(text: string, from: number, to: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new InvalidArgumentError(`A whole number from ${from} to ${to}.`);
}
