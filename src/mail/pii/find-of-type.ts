import type { PiiSpan } from '../../domain/message.ts';
import { findCards } from './find-cards.ts';
import { findDates } from './find-dates.ts';
import { findEmails } from './find-emails.ts';
import { findIbans } from './find-ibans.ts';
import { findIps } from './find-ips.ts';
import { findPhones } from './find-phones.ts';
import { findUrls } from './find-urls.ts';
import { findEvery } from './recogniser.ts';
import { RECOGNISERS } from './recognisers.ts';

const FINDERS: Readonly<Record<string, (text: string) => PiiSpan[]>> = {
  email: findEmails,
  phone: findPhones,
  iban: findIbans,
  card: findCards,
  ip: findIps,
  url: findUrls,
  date: findDates,
};

/**
 * Everything in a text that is of one named type (`iban`, `us_ssn`), whatever the words around it say: for a reader
 * who knows what stands there. Undefined for a type that nobody recognises.
 */
export function findOfType(type: string, text: string): readonly PiiSpan[] | undefined {
  const find = Object.hasOwn(FINDERS, type) ? FINDERS[type] : undefined;
  if (find !== undefined) return find(text);
  const recogniser = RECOGNISERS.find((candidate) => candidate.type === type);
  return recogniser && findEvery(recogniser, text);
}
