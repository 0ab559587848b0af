import type { PiiSpan } from '../../domain/message.ts';
import { findCards } from './find-cards.ts';
import { findDates } from './find-dates.ts';
import { findEmails } from './find-emails.ts';
import { findIbans } from './find-ibans.ts';
import { findIps } from './find-ips.ts';
import { findPhones } from './find-phones.ts';
import { findUrls } from './find-urls.ts';
import { mergeSpans } from './merge-spans.ts';
import { findAnnounced, findEvery, toSearchedText } from './recogniser.ts';
import { RECOGNISERS } from './recognisers.ts';

const PROVED = [findIbans, findCards];
const SHAPED = [findIps, findPhones];

/** UTF-16 units that are read for identity numbers and dates. */
const MAX_CHARS = 64_000;

/** What its form, its check digits or the words before it prove: in order, none overlapping. The surer takes its place first. */
export function findPatterns(text: string): PiiSpan[] {
  let spans = mergeSpans(findEmails(text), findUrls(text));
  if (!/\d/.test(text)) return spans;
  for (const find of PROVED) spans = mergeSpans(spans, find(text));
  const head = text.slice(0, MAX_CHARS);
  const searched = toSearchedText(head);
  for (const recogniser of RECOGNISERS) {
    const found = findAnnounced(recogniser, searched);
    if (found.length > 0) spans = mergeSpans(spans, found);
  }
  spans = mergeSpans(spans, findDates(head));
  for (const find of SHAPED) spans = mergeSpans(spans, find(text));
  return spans;
}

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
