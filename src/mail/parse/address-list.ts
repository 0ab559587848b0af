import { addressParser } from 'postal-mime';
import type { Address } from '../../domain/message.ts';
import { cleanLine } from './clean-line.ts';
import { normalizeEncodedWords } from './encoded-words.ts';

const MAX_HEADER_CHARS = 64 * 1024;

/** The mailboxes of address fields (RFC 5322 3.4), groups opened, without those that lack an address. */
export function parseAddressList(values: readonly string[], max: number): Address[] {
  const found: Address[] = [];
  for (const value of values) {
    if (found.length >= max) break;
    const words = normalizeEncodedWords(value.slice(0, MAX_HEADER_CHARS));
    for (const mailbox of addressParser(words, { flatten: true })) {
      const address = cleanLine(mailbox.address ?? '', 320).toLowerCase();
      if (address && found.length < max) found.push({ name: cleanLine(mailbox.name, 320), address });
    }
  }
  return found;
}

/**
 * The author of a message: the first address of From, else of Sender; else a name without a domain, as mail
 * systems sign their reports (`From: MAILER-DAEMON (Mail Delivery System)`). Undefined when there is nothing.
 */
export function parseAuthor(from: readonly string[], sender: readonly string[]): Address | undefined {
  const found = parseAddressList(from, 1)[0] ?? parseAddressList(sender, 1)[0];
  if (found) return found;
  const bare = /^\s{0,20}<?([\w.-]{1,64})>?\s{0,20}(?:\(([^()]{1,200})\))?\s{0,20}$/.exec(
    from[0]?.slice(0, 400) ?? '',
  );
  return bare ? { name: cleanLine(bare[2] ?? '', 320), address: (bare[1] ?? '').toLowerCase() } : undefined;
}
