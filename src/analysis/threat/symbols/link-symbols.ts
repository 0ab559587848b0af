import { parse } from 'tldts';
import type { MessageView } from '../../../domain/message.ts';
import type { ThreatSymbol } from '../../../domain/threat.ts';
import { findBorrowedDomain } from './find-borrowed-domain.ts';
import { findImitation } from './find-imitation.ts';
import type { Link } from './find-links.ts';
import { type Disguise, type LinkTarget, readLinkTarget } from './link-target.ts';
import type { OwnHouse } from './own-house.ts';

const SHORTENER =
  /^(?:bit\.ly|tinyurl\.com|t\.ly|is\.gd|rb\.gy|cutt\.ly|rebrand\.ly|shorturl\.at|s\.id|ow\.ly|goo\.su|tiny\.cc)$/;
const RISKY_ENDING = /^(?:top|xyz|icu|click|buzz|cam|rest|cfd|sbs|monster|zip|mov|tk|ml|ga|gq|cf)$/;
const SHOWN_HOST = /^(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,5}[\p{L}]{2,24})(?:[/:?#]|$)/iu;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
const DISGUISES: Readonly<Record<Disguise, readonly [name: string, score: number, reason: string]>> = {
  slashes: ['LINK_ODD_SLASHES', 2.5, 'a link with slashes that filters and browsers read differently'],
  number: ['LINK_ADDRESS_DISGUISED', 3, 'a link to an IP address written as another number'],
  spelling: ['LINK_HOST_DISGUISED', 3, 'a link whose host is spelled to get past filters'],
  'no-scheme': ['LINK_WITHOUT_SCHEME', 1, 'a link without a scheme, which filters overlook'],
};

/** What links hide: another target than the one shown, a host behind an @, an address, letters that look like others. */
export function linkSymbols(
  links: readonly Link[],
  { automatic }: MessageView,
  own: OwnHouse,
): ThreatSymbol[] {
  const found = new Map<string, ThreatSymbol>();
  const add: Add = (name, score, reason) => {
    if (!found.has(name)) found.set(name, { name, score, reason });
  };
  // Mailing services count clicks: their links lead elsewhere by trade.
  const mismatch = automatic.kind === 'person' ? 3 : 1;
  for (const { href, label } of links) {
    if (/^(?:data|javascript|vbscript):/i.test(href))
      add('LINK_SCRIPT', 3, 'a link that runs a script or opens built-in data');
    const target = readLinkTarget(href);
    if (target === undefined) continue;
    const { domain, hostname, isIp, publicSuffix } = parse(target.host);
    judgeSpelling(target, add);
    if (isIp === true) add('LINK_TO_ADDRESS', 2.5, 'a link to a bare IP address');
    if (domain === null || hostname === null) continue;
    const shown = parse(SHOWN_HOST.exec(label.replace(INVISIBLE, ''))?.[1] ?? '');
    if (shown.isIcann === true && shown.domain !== domain) {
      add('LINK_TEXT_MISMATCH', mismatch, `a link shows ${shown.domain} and leads to ${domain}`);
    }
    if (/^[^?#]{0,300}xn--/i.test(href)) add('LINK_PUNYCODE', 2, 'a link to a host in punycode');
    const imitation = findImitation(hostname, own.domains);
    if (imitation !== undefined)
      add('LINK_LOOKALIKE', 3, `a link to a host that looks like "${imitation.of}"`);
    const borrowed = findBorrowedDomain(hostname, domain, own.domains);
    if (borrowed !== undefined) {
      const score = borrowed.known ? 3 : 1.5;
      add('LINK_BORROWS_DOMAIN', score, `a link that begins with ${borrowed.of} and leads to ${domain}`);
    }
    if (RISKY_ENDING.test(publicSuffix ?? ''))
      add('LINK_RISKY_ENDING', 1, 'a link to a domain ending known for abuse');
    if (SHORTENER.test(hostname)) add('LINK_SHORTENED', 1, 'a shortened link');
  }
  return [...found.values()];
}

type Add = (name: string, score: number, reason: string) => void;

function judgeSpelling({ user, disguises }: LinkTarget, add: Add): void {
  // A name is a login of old; a host there is what the reader shall see.
  if (user.includes('.')) add('LINK_HIDES_HOST', 4, 'a link that shows another host before an @');
  else if (user !== '') add('LINK_HIDES_HOST', 3, 'a link that hides its host behind an @');
  for (const disguise of disguises) add(...DISGUISES[disguise]);
}
