import type { z } from 'zod';
import type { AccountLimits, WriteBack as AccountWriteBack } from '../../src/domain/account.ts';
import type { Limits, WriteBack } from '../schemas/account-settings.ts';

const NO_LIMITS: AccountLimits = {
  lookBackDays: undefined,
  messagesPerMinute: undefined,
  concurrentMessages: undefined,
  messagesPerDay: undefined,
  bytesPerDay: undefined,
};

/** Those that are named change, null lifts one; null in place of all lifts all. */
export function toLimits(
  changes: z.output<typeof Limits> | null | undefined,
  before: AccountLimits = NO_LIMITS,
): AccountLimits | undefined {
  if (changes === null) return undefined;
  const named = Object.entries(changes ?? {}).filter(([, value]) => value !== undefined);
  const limits = {
    ...NO_LIMITS,
    ...before,
    ...Object.fromEntries(named.map(([name, value]) => [name, value ?? undefined])),
  };
  return Object.values(limits).every((value) => value === undefined) ? undefined : limits;
}

/** Those that are named change, null lifts one. undefined: its mailbox is left as it is. */
export function toWriteBack(
  value: z.output<typeof WriteBack> | null | undefined,
  before?: AccountWriteBack,
): AccountWriteBack | undefined {
  if (value === null || value === undefined) return undefined;
  const { seen = before?.seen ?? false, label = before?.label, folder = before?.folder } = value;
  if (!seen && !label && !folder) return undefined;
  return { seen, label: label ?? undefined, folder: folder ?? undefined };
}
