/** One thing that was seen. Scores add up; a negative one speaks for the sender. */
export interface ThreatSymbol {
  /** Stable, for rules and counts: `DMARC_FAIL`. */
  readonly name: string;
  readonly score: number;
  /** For people; names hosts and file endings, quotes no text of the message. */
  readonly reason: string;
}

/** `verified`: our own receiver says DMARC passed, and nothing speaks against it. `unverified` is no accusation. */
export const TRUST_LEVELS = ['verified', 'unverified', 'suspicious', 'dangerous'] as const;
export type TrustLevel = (typeof TRUST_LEVELS)[number];

export interface Threat {
  readonly symbols: readonly ThreatSymbol[];
  /** Sum of the symbols, rounded to a tenth. */
  readonly score: number;
  readonly trust: TrustLevel;
}

/** The name of the symbol that says that a text gives orders to the machine that reads it. */
export const INJECTION_SYMBOL = 'PROMPT_INJECTION';

/** The name of the symbol that says that a limit kept something from being read: it was not judged either. */
export const INCOMPLETE_SYMBOL = 'NOT_READ_WHOLE';

const SUSPICIOUS = 4;
const DANGEROUS = 8;

export function toThreat(symbols: readonly ThreatSymbol[]): Threat {
  const score = Math.round(symbols.reduce((sum, symbol) => sum + symbol.score, 0) * 10) / 10;
  return { symbols, score, trust: trustOf(symbols, score) };
}

function trustOf(symbols: readonly ThreatSymbol[], score: number): TrustLevel {
  if (score >= DANGEROUS) return 'dangerous';
  if (score >= SUSPICIOUS || symbols.some(({ name }) => name === INJECTION_SYMBOL)) return 'suspicious';
  const names = symbols.map(({ name }) => name);
  const verified = score < 1 && names.includes('DMARC_PASS') && !names.includes(INCOMPLETE_SYMBOL);
  return verified ? 'verified' : 'unverified';
}

/** Such a message is never answered without a person, whatever its category allows. */
export function isFlagged(threat: Threat | undefined): boolean {
  return threat?.trust === 'suspicious' || threat?.trust === 'dangerous';
}

/** A limit kept something of it from being judged: no answer goes out unseen. */
export function isReadInPart(threat: Threat | undefined): boolean {
  return threat?.symbols.some(({ name }) => name === INCOMPLETE_SYMBOL) === true;
}

/** Such a message never ends without a person: it may have been written to be sorted away. */
export function hasInjection(threat: Threat | undefined): boolean {
  return threat?.symbols.some(({ name }) => name === INJECTION_SYMBOL) === true;
}
