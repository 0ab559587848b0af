import { ServiceError } from '../../../src/domain/service-error.ts';
import { DEFAULT_READ_LIMITS } from '../../../src/mail/parse/read-limits.ts';
import { readMail } from '../../../src/mail/reader/read-mail.ts';
import type { EvalTask } from '../eval-options.ts';
import { readRows, readSource } from '../read-rows.ts';
import { compareParse, type ExpectedParse, type MimeMatch } from './mime-comparison.ts';

interface Row {
  readonly id: string;
  readonly source?: string;
  readonly expected?: ExpectedParse;
}

const ASPECTS = ['subject', 'from', 'fromName', 'body', 'attachments'] as const;
type Aspect = (typeof ASPECTS)[number];

/** Reads every source, and compares with what another parser made of it where the row tells. */
export const task: EvalTask = {
  async run({ test }) {
    const { rows, folder } = await readRows<Row>(test);
    const matches: { source: string; match: MimeMatch }[] = [];
    const misses: string[] = [];
    let crashes = 0;
    let refused = 0;
    for (const { id, source = 'unknown', expected } of rows) {
      const raw = await readSource(folder, id);
      try {
        const { view, facts } = readMail(raw, DEFAULT_READ_LIMITS);
        if (expected === undefined) continue;
        const match = compareParse(view, expected, facts.html);
        matches.push({ source, match });
        for (const aspect of ASPECTS) if (match[aspect] === false) misses.push(`${aspect} ${id}`);
      } catch (error) {
        // Refusing what is no mail is an answer; anything else is a crash.
        if (error instanceof ServiceError && error.type === 'InvalidInput') refused++;
        else crashes++;
      }
    }
    const sources = [...new Set(matches.map(({ source }) => source))].sort();
    return {
      cases: rows.length,
      crashes,
      refused,
      ...rates(matches),
      bySource: Object.fromEntries(
        sources.map((name) => [name, rates(matches.filter(({ source }) => source === name))]),
      ),
      misses,
    };
  },
};

/** The share of matches of each aspect; one that no row tells is left out. */
function rates(matches: readonly { readonly match: MimeMatch }[]): Partial<Record<Aspect, number>> {
  const found: Partial<Record<Aspect, number>> = {};
  for (const aspect of ASPECTS) {
    const asked = matches.filter(({ match }) => match[aspect] !== undefined);
    if (asked.length > 0) {
      found[aspect] = asked.filter(({ match }) => match[aspect]).length / asked.length;
    }
  }
  return found;
}
