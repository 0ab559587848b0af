import { type Category, FALLBACK_CATEGORY } from '../../domain/taxonomy.ts';
import { parseSignal } from '../local/lexicon/parse-signal.ts';
import type { TaxonomyFault } from './taxonomy-fault.ts';

const PLACEHOLDERS = new Set(['name', 'subject', 'summary']);

interface Content {
  readonly categories: readonly Category[];
  readonly replies: Readonly<Record<string, string>>;
}

/** What a schema cannot say: ids are unique, `other` and an English reply exist, signals can be matched. */
export function findTaxonomyFaults(content: Content): TaxonomyFault[] {
  const faults: TaxonomyFault[] = [];
  const seen = new Set<string>();
  for (const [index, { id }] of content.categories.entries()) {
    if (seen.has(id)) {
      faults.push({ path: ['categories', index, 'id'], text: `\`${id}\` is there twice: rename one` });
    }
    seen.add(id);
  }
  if (!seen.has(FALLBACK_CATEGORY)) {
    const text = `needs a category with the id \`${FALLBACK_CATEGORY}\` for what fits nowhere else`;
    faults.push({ path: ['categories'], text });
  }
  if (content.replies.en === undefined) {
    faults.push({ path: ['replies'], text: 'needs `en`, which stands in for every other language' });
  }
  return [...faults, ...signalFaults(content.categories), ...replyFaults(content.replies)];
}

function signalFaults(categories: readonly Category[]): TaxonomyFault[] {
  return categories.flatMap((category, index) =>
    Object.entries(category.signals).flatMap(([language, phrases]) =>
      phrases.flatMap((phrase, position) => {
        const fault = parseSignal(phrase).fault;
        const path = ['categories', index, 'signals', language, position];
        return fault === undefined ? [] : [{ path, text: `"${phrase}" ${fault}` }];
      }),
    ),
  );
}

function replyFaults(replies: Readonly<Record<string, string>>): TaxonomyFault[] {
  return Object.entries(replies).flatMap(([language, text]) =>
    [...text.matchAll(/\{([^{}\n]{0,40})\}/g)].flatMap(([whole, name]) =>
      PLACEHOLDERS.has(name ?? '')
        ? []
        : [{ path: ['replies', language], text: `${whole} is unknown: use {name}, {subject} or {summary}` }],
    ),
  );
}
