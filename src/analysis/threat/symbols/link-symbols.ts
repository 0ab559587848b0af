import { parse } from 'tldts';
import type { MessageView } from '../../../domain/message.ts';
import type { ThreatSymbol } from '../../../domain/threat.ts';
import { findImitation } from './find-imitation.ts';
import type { Link } from './find-links.ts';
import type { OwnHouse } from './own-house.ts';

const SHORTENER =
  /^(?:bit\.ly|tinyurl\.com|t\.ly|is\.gd|rb\.gy|cutt\.ly|rebrand\.ly|shorturl\.at|s\.id|ow\.ly|goo\.su|tiny\.cc)$/;
const RISKY_ENDING = /^(?:top|xyz|icu|click|buzz|cam|rest|cfd|sbs|monster|zip|mov|tk|ml|ga|gq|cf)$/;
const SHOWN_HOST = /^(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,5}[\p{L}]{2,24})(?:[/:?#]|$)/iu;
const USER_PART = /^https?:\/\/[^/?#]{0,300}@/i;

/** What links hide: another target than the one shown, a host behind an @, an address, letters that look like others. */
export function linkSymbols(
  links: readonly Link[],
  { automatic }: MessageView,
  own: OwnHouse,
): ThreatSymbol[] {
  const found = new Map<string, ThreatSymbol>();
  const add = (name: string, score: number, reason: string) => {
    if (!found.has(name)) found.set(name, { name, score, reason });
  };
  // Mailing services count clicks: their links lead elsewhere by trade.
  const mismatch = automatic.kind === 'person' ? 3 : 1;
  for (const { href, label } of links) {
    if (/^(?:data|javascript|vbscript):/i.test(href))
      add('LINK_SCRIPT', 3, 'a link that runs a script or opens built-in data');
    if (!/^https?:/i.test(href)) continue;
    const { domain, hostname, isIp, publicSuffix } = parse(href);
    if (USER_PART.test(href)) add('LINK_HIDES_HOST', 3, 'a link that hides its host behind an @');
    if (isIp === true) add('LINK_TO_ADDRESS', 2.5, 'a link to a bare IP address');
    if (domain === null || hostname === null) continue;
    const shown = parse(SHOWN_HOST.exec(label)?.[1] ?? '');
    if (shown.isIcann === true && shown.domain !== domain) {
      add('LINK_TEXT_MISMATCH', mismatch, `a link shows ${shown.domain} and leads to ${domain}`);
    }
    if (hostname.includes('xn--')) add('LINK_PUNYCODE', 2, 'a link to a host in punycode');
    const imitation = findImitation(hostname, own.domains);
    if (imitation !== undefined)
      add('LINK_LOOKALIKE', 3, `a link to a host that looks like "${imitation.of}"`);
    if (RISKY_ENDING.test(publicSuffix ?? ''))
      add('LINK_RISKY_ENDING', 1, 'a link to a domain ending known for abuse');
    if (SHORTENER.test(hostname)) add('LINK_SHORTENED', 1, 'a shortened link');
  }
  return [...found.values()];
}
