import type { PiiKind } from '../../../src/domain/message.ts';
import { findPii } from '../../../src/mail/pii/find-pii.ts';
import type { EvalTask } from '../eval-options.ts';
import { readRows } from '../read-rows.ts';

interface Span {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Row {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** As presidio-research maps types before it scores: places of every kind are one. */
const OURS: Readonly<Record<PiiKind, string>> = {
  email: 'EMAIL_ADDRESS',
  phone: 'PHONE_NUMBER',
  iban: 'IBAN_CODE',
  card: 'CREDIT_CARD',
  ip: 'IP_ADDRESS',
  id: 'ID',
  code: 'ID',
  mac: 'MAC_ADDRESS',
  wallet: 'CRYPTO',
  url: 'URL',
  person: 'PERSON',
  address: 'LOCATION',
  location: 'LOCATION',
  organization: 'ORGANIZATION',
  date: 'DATE_TIME',
  age: 'AGE',
  title: 'TITLE',
  group: 'NRP',
};
const THEIRS: Readonly<Record<string, string>> = {
  GPE: 'LOCATION',
  ADDRESS: 'LOCATION',
  STREET_ADDRESS: 'LOCATION',
  ZIP_CODE: 'LOCATION',
  DOMAIN_NAME: 'URL',
  US_SSN: 'ID',
  US_DRIVER_LICENSE: 'ID',
};
const SAME_PLACE = 0.5;

/** Spans of one type that only blanks and punctuation part are one, as in presidio-research. */
function join(spans: readonly Span[], text: string): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last?.type === span.type && /^[\s\p{P}]*$/u.test(text.slice(last.end, span.start))) {
      joined[joined.length - 1] = { ...last, end: Math.max(last.end, span.end) };
    } else joined.push(span);
  }
  return joined;
}

function overlap(a: Span, b: Span): number {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared <= 0 ? 0 : shared / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}

function score(hits: number, found: number, wanted: number, beta = 2) {
  const precision = hits / Math.max(1, found);
  const recall = hits / Math.max(1, wanted);
  const weighed = beta * beta * precision + recall;
  return { precision, recall, f2: weighed === 0 ? 0 : ((1 + beta * beta) * precision * recall) / weighed };
}

/**
 * Spans of the same mapped type that share at least half of what both cover (intersection over union). Keys: f2,
 * precision, recall, blind (whatever the type), exact (the same offsets), byType.
 */
export const task: EvalTask = {
  async run({ test }) {
    const { rows } = await readRows<Row>(test);
    const byType: Record<string, { hits: number; found: number; wanted: number }> = {};
    const of = (type: string) => (byType[type] ??= { hits: 0, found: 0, wanted: 0 });
    let [hits, found, wanted, blind, exact] = [0, 0, 0, 0, 0];
    for (const { text, spans } of rows) {
      const truth = join(
        spans.map((span) => ({ ...span, type: THEIRS[span.type] ?? span.type })),
        text,
      );
      const guess = join(
        findPii(text).map(({ kind, start, end }) => ({ type: OURS[kind], start, end })),
        text,
      );
      wanted += truth.length;
      found += guess.length;
      for (const span of guess) of(span.type).found += 1;
      for (const span of truth) {
        of(span.type).wanted += 1;
        const near = guess.filter((other) => overlap(span, other) >= SAME_PLACE);
        const same = near.filter((other) => other.type === span.type);
        if (near.length > 0) blind += 1;
        if (same.some(({ start, end }) => start === span.start && end === span.end)) exact += 1;
        if (same.length === 0) continue;
        hits += 1;
        of(span.type).hits += 1;
      }
    }
    const types = Object.entries(byType).map(([type, sums]) => {
      return [type, { ...score(sums.hits, sums.found, sums.wanted), rows: sums.wanted }] as const;
    });
    return {
      rows: rows.length,
      ...score(hits, found, wanted),
      blind: score(blind, found, wanted),
      exact: score(exact, found, wanted),
      byType: Object.fromEntries(types),
    };
  },
};
