import { domainToUnicode } from 'node:url';
import { getDomain, getDomainWithoutSuffix } from 'tldts';
import { IMITATED_NAMES } from '../../local/classify/evidence/imitated-names.ts';
import { isOneEditAway } from './is-one-edit-away.ts';
import { toSkeleton } from './to-skeleton.ts';

export interface Imitation {
  readonly kind: 'homograph' | 'lookalike' | 'mixed-script';
  /** The name that is imitated; ours or a known brand's. */
  readonly of: string;
}

const SHORTEST = 5;

/** How a host pretends to be another: letters of another script, look-alikes, one letter off our own domain. */
export function findImitation(host: string, ownDomains: readonly string[]): Imitation | undefined {
  const domain = getDomain(host);
  if (domain === null || ownDomains.includes(domain)) return undefined;
  const label = domainToUnicode(domain).split('.')[0] ?? '';
  const skeleton = toSkeleton(label);
  const own = ownDomains
    .map((one) => getDomainWithoutSuffix(one) ?? '')
    .filter((one) => one.length >= SHORTEST);
  const brands = IMITATED_NAMES.filter((one) => one.length >= SHORTEST);
  const twin = [...own, ...brands].find((one) => one !== label && toSkeleton(one) === skeleton);
  if (twin !== undefined) return { kind: 'homograph', of: twin };
  if (isMixed(label)) return { kind: 'mixed-script', of: domain };
  const near = own.find((one) => isOneEditAway(one, label) || label.split('-').includes(one));
  return near === undefined ? undefined : { kind: 'lookalike', of: near };
}

function isMixed(label: string): boolean {
  return (
    /\p{Script=Latin}/u.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.test(label)
  );
}
