import { getDomain, getDomainWithoutSuffix } from 'tldts';
import type { MessageView } from '../../../domain/message.ts';
import type { ThreatSymbol } from '../../../domain/threat.ts';
import { IMITATED_NAMES } from '../../local/classify/evidence/imitated-names.ts';
import { findImitation } from './find-imitation.ts';
import type { OwnHouse } from './own-house.ts';
import { toSkeleton } from './to-skeleton.ts';

const NAME_CAP = 200;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const FREE_MAIL =
  /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|ymail|aol|gmx|web|proton|protonmail|mail|icloud|yandex|zoho|tutanota)\.[a-z.]{2,6}$/;

/** Whoever calls himself somebody else: by display name, by a domain that looks like another, by where answers go. */
export function senderSymbols(view: MessageView, own: OwnHouse): ThreatSymbol[] {
  const domain = hostOf(view.from.address);
  const name = view.from.name.slice(0, NAME_CAP).normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
  const isOurs = own.domains.includes(getDomain(domain) ?? '');
  const symbols = [...domainSymbols(domain, own), ...replySymbols(view, domain)];
  if (name === '' || isOurs) return symbols;
  const shown = getDomain(/[^\s<>"'@]{1,64}@([^\s<>"'@]{1,255})/.exec(name)?.[1] ?? '');
  if (shown !== null && shown !== getDomain(domain)) {
    symbols.push({
      name: 'NAME_SHOWS_OTHER_ADDRESS',
      score: 4,
      reason: `the name shows an address at ${shown}, the real one is elsewhere`,
    });
  }
  const words = name.split(/[^\p{L}\p{N}]{1,20}/u);
  const house = own.domains
    .map((one) => getDomainWithoutSuffix(one) ?? '')
    .find((one) => one.length > 3 && words.includes(one));
  if (house !== undefined)
    symbols.push({
      name: 'NAME_OF_OUR_DOMAIN',
      score: 3,
      reason: 'it calls itself us and comes from outside',
    });
  if (own.people.some((one) => one.length > 4 && sameName(one, name))) {
    symbols.push({
      name: 'NAME_OF_OUR_PEOPLE',
      score: 4,
      reason: 'it bears the name of one of us and comes from outside',
    });
  }
  // As a reader sees them: Cyrillic letters and digits pass for Latin ones.
  const seen = words.map(toSkeleton);
  const brand = IMITATED_NAMES.find(
    (one) => words.includes(one) || (one.length > 4 && seen.includes(toSkeleton(one))),
  );
  if (brand !== undefined && !domain.replace(/[^a-z0-9]/g, '').includes(brand)) {
    symbols.push({
      name: 'NAME_OF_BRAND',
      score: 2.5,
      reason: `it calls itself "${brand}" and comes from elsewhere`,
    });
  }
  return symbols;
}

/** The same words in whatever order, as a reader sees them: `Lind, Ada`. */
function sameName(one: string, other: string): boolean {
  const toWords = (text: string) =>
    (text.toLowerCase().match(/[\p{L}\p{N}]{1,40}/gu) ?? []).map(toSkeleton).sort().join(' ');
  return toWords(one) === toWords(other.replace(/\([^()]{0,80}\)/g, ' '));
}

function domainSymbols(domain: string, own: OwnHouse): ThreatSymbol[] {
  const symbols: ThreatSymbol[] = [];
  if (/(?:^|\.)xn--/.test(domain))
    symbols.push({ name: 'FROM_PUNYCODE', score: 1.5, reason: 'the sender domain is written in punycode' });
  const imitation = findImitation(domain, own.domains);
  if (imitation?.kind === 'lookalike') {
    symbols.push({
      name: 'FROM_LOOKALIKE',
      score: 4,
      reason: `the sender domain is close to "${imitation.of}"`,
    });
  } else if (imitation !== undefined) {
    symbols.push({
      name: 'FROM_HOMOGRAPH',
      score: 5,
      reason: `the sender domain looks like "${imitation.of}" and is not`,
    });
  }
  return symbols;
}

function replySymbols(view: MessageView, domain: string): ThreatSymbol[] {
  const back = view.replyTo[0] === undefined ? undefined : getDomain(hostOf(view.replyTo[0].address));
  if (view.automatic.kind === 'list' || back === undefined || back === null || back === getDomain(domain))
    return [];
  if (FREE_MAIL.test(back) && !FREE_MAIL.test(domain)) {
    return [
      { name: 'REPLY_TO_FREE_MAIL', score: 2.5, reason: 'answers go to a free mailbox, not to the sender' },
    ];
  }
  return [{ name: 'REPLY_TO_ELSEWHERE', score: 1, reason: 'answers go to another domain' }];
}

function hostOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
