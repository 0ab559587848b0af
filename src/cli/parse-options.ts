import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { ACCOUNT_ID_PATTERN } from '../domain/account.ts';

export function parseAccountId(text: string): string {
  if (ACCOUNT_ID_PATTERN.test(text)) return text;
  throw new InvalidArgumentError('Use 1 to 48 lower-case letters, digits and dashes.');
}

/** As the API takes it; at most 254 characters (RFC 5321, 4.5.3.1.3). */
export function parseAddress(text: string): string {
  if (text.length <= 254 && z.email().safeParse(text).success) return text;
  throw new InvalidArgumentError('An e-mail address as sales@example.org.');
}

export function parseWhole(text: string, from: number, to: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new InvalidArgumentError(`A whole number from ${from} to ${to}.`);
}

export function parseShare(text: string): number {
  const value = /^\d(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('A share from 0 to 1, as 0.1.');
}

/** A day, or a day and a time, as in ISO 8601. */
export function parseInstant(text: string): Date {
  const value = /^\d{4}-\d\d-\d\d(T[0-9:.]{5,12}(Z|[+-]\d\d:\d\d)?)?$/.test(text)
    ? new Date(text)
    : undefined;
  if (value !== undefined && !Number.isNaN(value.getTime())) return value;
  throw new InvalidArgumentError('A date as 2026-05-31, or with a time as 2026-05-31T08:00Z.');
}
