import type { Facts } from '../../facts/facts.ts';
import { foldWords } from '../../lexicon/fold-words.ts';
import type { Evidence } from './evidence.ts';
import { IMITATED_NAMES } from './imitated-names.ts';

const RISKY_ENDING = /\.(?:top|xyz|icu|click|buzz|cam|rest|cfd|sbs|monster|zip|mov|tk|ml|ga|gq|cf)$/;
const SHORTENER =
  /^(?:bit\.ly|tinyurl\.com|t\.ly|is\.gd|rb\.gy|cutt\.ly|rebrand\.ly|shorturl\.at|s\.id|ow\.ly)$/;
const IP_HOST = /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/;
/** UTF-16 units of a display name that are looked at. */
const NAME_CAP = 200;
const OFFICE_ROLE =
  /\b(?:help ?desk|it support|it department|it admin|administrator|admin|mail(?:box)? team|webmail|human resources|hr department|security team|account team)\b/i;

/** Signs that someone pretends to be another: a borrowed name, hosts that hide, links with credential wording. */
export function phishingEvidence(facts: Facts): Evidence[] {
  if (facts.automatic === 'bounce') return [];
  const wording = facts.signals
    .filter(({ hit, fit }) => hit.phrase.target.id === 'phishing' && fit === 1)
    .reduce((sum, { hit }) => sum + hit.phrase.weight, 0);
  const seen = [...nameSigns(facts, wording), ...hostSigns(facts)];
  if (wording >= 2 && facts.hosts.length > 0) {
    const domain = domainOf(facts.view.from.address);
    const elsewhere = facts.hosts.every((host) => registered(host) !== registered(domain));
    seen.push([
      elsewhere ? 2 : 1,
      elsewhere
        ? 'asks for an account action behind a foreign link'
        : 'asks for an account action behind a link',
    ]);
  }
  return seen.map(([weight, text]) => ({ category: 'phishing', weight, text }));
}

function nameSigns({ view }: Facts, wording: number): [number, string][] {
  const { address } = view.from;
  const name = view.from.name.slice(0, NAME_CAP);
  const domain = domainOf(address);
  const signs: [number, string][] = [];
  const shown = /[^\s<>"']{1,64}@([^\s<>"']{1,255})/.exec(name)?.[1]?.toLowerCase();
  if (shown !== undefined && registered(shown) !== registered(domain)) {
    signs.push([4, 'the sender shows another address than the real one']);
  }
  const words = foldWords(name);
  const joined = words.join('');
  const flat = domain.replace(/[^a-z0-9]/g, '');
  const imitated = IMITATED_NAMES.find(
    (one) => words.includes(one) || (one.length > 7 && joined.includes(one)),
  );
  if (imitated !== undefined && !flat.includes(imitated)) {
    signs.push([3, `the sender calls itself "${imitated}" and writes from elsewhere`]);
  }
  const own = view.to[0] === undefined ? domain : domainOf(view.to[0].address);
  if (wording > 0 && registered(own) !== registered(domain) && OFFICE_ROLE.test(name)) {
    signs.push([1.5, 'poses as an internal team from outside']);
  }
  const back = view.replyTo[0];
  if (wording > 0 && back !== undefined && registered(domainOf(back.address)) !== registered(domain)) {
    signs.push([1, 'answers go to another domain']);
  }
  return signs;
}

function hostSigns({ hosts }: Facts): [number, string][] {
  const signs: [number, string][] = [];
  if (hosts.some((host) => host.includes('xn--')))
    signs.push([3, 'a link with a look-alike (punycode) host']);
  if (hosts.some((host) => IP_HOST.test(host))) signs.push([2.5, 'a link to a bare IP address']);
  if (hosts.some((host) => host.includes('@'))) signs.push([3, 'a link that hides its host behind an @']);
  if (hosts.some((host) => RISKY_ENDING.test(host)))
    signs.push([1, 'a link to a domain ending known for abuse']);
  if (hosts.some((host) => SHORTENER.test(host))) signs.push([0.8, 'a shortened link']);
  const borrowed = hosts.some((host) => {
    const owner = registered(host);
    const rest = host.slice(0, -owner.length);
    return IMITATED_NAMES.some(
      (name) =>
        name.length > 3 &&
        !owner.startsWith(`${name}.`) &&
        (rest.split(/[.-]/).includes(name) || owner.split(/[.-]/).includes(name)),
    );
  });
  if (borrowed) signs.push([2.5, 'a link whose host borrows a known name']);
  return signs;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** The last two labels: `mail.example.com` belongs to `example.com`. Good enough to compare, not to authorise. */
function registered(host: string): string {
  const labels = host.replace(/:\d+$/, '').split('.');
  const country = (labels.at(-1)?.length ?? 0) === 2 && (labels.at(-2)?.length ?? 0) <= 3;
  return labels.slice(country ? -3 : -2).join('.');
}
