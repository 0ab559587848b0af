import { getDomain } from 'tldts';
import type { MessageView } from '../../../domain/message.ts';
import type { RawFacts } from '../../../domain/raw-facts.ts';
import type { ThreatSymbol } from '../../../domain/threat.ts';

const HEADER_CAP = 4000;
const RESULT = /^\s{0,9}(spf|dkim|dmarc)\s{0,3}=\s{0,3}(\w{1,20})/i;
const DOMAIN =
  /\b(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|helo))\s{0,3}=\s{0,3}(?:[^\s;@]{0,100}@)?([\w.-]{1,200})/i;

/** What DMARC says of alignment itself; any other result leaves it open. */
const DECIDED: ReadonlySet<string> = new Set(['pass', 'fail']);

interface Results {
  readonly method: string;
  readonly result: string;
  readonly domain: string | undefined;
}

/** With DMARC_PASS beside it still too much to be verified: what passed is no address that From shows. */
const FROM_MISSING: ThreatSymbol = {
  name: 'FROM_MISSING',
  score: 2,
  reason: 'From tells no address: whom it is from is what another field says, or nothing',
};

/**
 * SPF, DKIM and DMARC as our own receiver found them (RFC 8601): the topmost Authentication-Results whose authserv-id
 * is pinned. Any other one may have been written by the sender and counts for nothing.
 */
export function authenticationSymbols(
  view: MessageView,
  { headers, authorFrom }: Pick<RawFacts, 'headers' | 'authorFrom'>,
  authservIds: readonly string[],
): ThreatSymbol[] {
  const twice = (headers.get('from') ?? []).length > 1;
  const symbols: ThreatSymbol[] = [
    ...(twice ? [{ name: 'FROM_TWICE', score: 3, reason: 'it names its author twice' }] : []),
    ...(authorFrom === 'from' ? [] : [FROM_MISSING]),
  ];
  if (authservIds.length === 0) return symbols;
  const own = (headers.get('authentication-results') ?? []).find((value) =>
    authservIds.includes(authservIdOf(value)),
  );
  if (own === undefined) {
    return [
      ...symbols,
      { name: 'AUTH_MISSING', score: 0.5, reason: 'our receiver recorded no authentication' },
    ];
  }
  const results = parseResults(own);
  const shown = getDomain(view.from.address.split('@').at(-1) ?? '');
  return [...symbols, ...results.flatMap((one) => toSymbol(one, shown)), ...alignment(shown, results)];
}

function authservIdOf(value: string): string {
  return /^\s{0,9}([^\s;]{1,255})/.exec(value)?.[1]?.toLowerCase() ?? '';
}

function parseResults(value: string): Results[] {
  // A comment may hold anything, a `dmarc=pass` too.
  const plain = value
    .slice(0, HEADER_CAP)
    .replace(/\([^()]{0,400}\)/g, ' ')
    .replace(/"[^"]{0,400}"/g, ' ');
  return plain
    .split(';')
    .slice(1)
    .flatMap((piece) => {
      const [, method = '', result = ''] = RESULT.exec(piece) ?? [];
      const domain = DOMAIN.exec(piece)?.[1]?.toLowerCase();
      return method === '' ? [] : [{ method: method.toLowerCase(), result: result.toLowerCase(), domain }];
    });
}

function toSymbol({ method, result, domain }: Results, shown: string | null): ThreatSymbol[] {
  const symbol = (name: string, score: number, reason: string) => [{ name, score, reason }];
  // Two readers of one header may see two authors: only a pass of the one that is shown counts.
  if (method === 'dmarc' && result === 'pass' && domain !== undefined && getDomain(domain) !== shown)
    return symbol('NOT_ALIGNED', 3, 'what passed DMARC is another domain than the one shown');
  if (method === 'dmarc' && result === 'pass')
    return symbol('DMARC_PASS', -1, 'DMARC passed: the From domain is real');
  if (method === 'dmarc' && result === 'fail')
    return symbol('DMARC_FAIL', 4, 'DMARC failed: the From domain is not proven');
  if (method === 'spf' && result === 'fail')
    return symbol('SPF_FAIL', 2, 'SPF failed: that host may not send for the domain');
  if (method === 'spf' && result === 'softfail')
    return symbol('SPF_SOFTFAIL', 1, 'SPF doubts the sending host');
  if (method === 'dkim' && (result === 'fail' || result === 'permerror')) {
    return symbol('DKIM_FAIL', 1.5, 'the DKIM signature does not hold');
  }
  return [];
}

/** A pass for another domain proves nothing about the one that is shown; `dmarc=none` says nothing about either. */
function alignment(shown: string | null, results: readonly Results[]): ThreatSymbol[] {
  if (results.some(({ method, result }) => method === 'dmarc' && DECIDED.has(result))) return [];
  const passed = results.filter(({ result }) => result === 'pass');
  if (passed.length === 0 || passed.some(({ domain }) => shown !== null && getDomain(domain ?? '') === shown))
    return [];
  return [
    {
      name: 'NOT_ALIGNED',
      score: 1.5,
      reason: 'what passed SPF or DKIM is another domain than the one shown',
    },
  ];
}
