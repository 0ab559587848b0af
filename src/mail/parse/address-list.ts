import { addressParser } from 'postal-mime';
import type { Address } from '../../domain/message.ts';
import { cleanLine } from './clean-line.ts';
import { decodeEncodedWords, normalizeEncodedWords } from './encoded-words.ts';

const MAX_HEADER_CHARS = 64 * 1024;
const MAX_CHARS = 320;

/** The mailboxes of address fields (RFC 5322 3.4), groups opened, without those that lack an address. */
export function parseAddressList(values: readonly string[], max: number): Address[] {
  const found: Address[] = [];
  for (const value of values) {
    if (found.length >= max) break;
    for (const mailbox of parseField(value)) {
      if (mailbox.address && found.length < max) found.push(mailbox);
    }
  }
  return found;
}

/** Fields that name the author, the most telling first. */
interface AuthorFields {
  readonly from: readonly string[];
  /** Of Sender, Reply-To, Return-Path, in this order: asked where From tells no address. */
  readonly others: readonly string[];
}

/**
 * The author of a message: the first address of From; else a name without a domain, as mail systems sign their
 * reports (`From: MAILER-DAEMON (Mail Delivery System)`); else an address of the other fields, with the name that
 * From shows. Undefined when there is nothing at all.
 */
export function parseAuthor({ from, others }: AuthorFields): Address | undefined {
  const mailboxes = parseField(from[0] ?? '');
  const name = mailboxes.find((mailbox) => mailbox.name !== '')?.name ?? '';
  const found = mailboxes.find(({ address }) => address !== '') ?? parseAddressList(from, 1)[0];
  // `From: Jane, <jane@example.com>`: the comma makes the name a mailbox of its own.
  if (found) return found.name === '' ? { name: mailboxes[0]?.name ?? '', address: found.address } : found;
  const local = parseLocalName(from[0] ?? '');
  if (local) return local;
  const other = parseAddressList(others, 1)[0];
  if (other) return { name: name || other.name, address: other.address };
  return name === '' ? undefined : { name, address: '' };
}

function parseLocalName(value: string): Address | undefined {
  const bare = /^\s{0,20}<?([\w.-]{1,64})>?\s{0,20}(?:\(([^()]{1,200})\))?\s{0,20}$/.exec(
    value.slice(0, 400),
  );
  const local = bare?.[1];
  return local ? { name: cleanLine(bare[2] ?? local, MAX_CHARS), address: local.toLowerCase() } : undefined;
}

function parseField(value: string): Address[] {
  const plain = withoutInnerComments(withoutRoutes(value.slice(0, MAX_HEADER_CHARS)));
  const words = normalizeEncodedWords(plain);
  return addressParser(words, { flatten: true }).map((mailbox) => {
    const address = cleanLine(decodeEncodedWords(mailbox.address ?? ''), MAX_CHARS);
    const name = cleanLine(mailbox.name, MAX_CHARS);
    // A quote that is never closed: all that follows it was taken for the address.
    const angled = /^(.{0,320}?)<([^<>\s]{1,200}@[^<>\s]{1,200})>/.exec(address);
    const found = angled
      ? { name: name || (angled[1] ?? '').trim(), address: angled[2] ?? '' }
      : { name, address };
    return { ...found, address: found.address.toLowerCase() };
  });
}

/** `<@relay.example,@other.example:jane@example.com>`: a route is of no account (RFC 5322 4.4). */
function withoutRoutes(value: string): string {
  return value.includes('<@') ? value.replace(/<@[^<>:"]{1,300}:/g, '<') : value;
}

/** `<jane(office)@example . com>`: comments and blanks within the address, which RFC 5322 4.4 still has read. */
function withoutInnerComments(value: string): string {
  if (!/<[^<>]{0,300}[\s(]/.test(value)) return value;
  return value.replace(/<([^<>"]{3,400})>/g, (angled, inner: string) => {
    if (!inner.includes('@')) return angled;
    return `<${inner.replace(/\([^()]{0,200}\)/g, '').replace(/\s+/g, '')}>`;
  });
}
