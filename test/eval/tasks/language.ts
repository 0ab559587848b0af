import { detectLanguage } from '../../../src/mail/parse/language.ts';
import type { EvalTask } from '../eval-options.ts';
import { readRows } from '../read-rows.ts';

interface Row {
  readonly language: string;
  readonly kind: 'sentence' | 'word_pair';
  readonly text: string;
}

/** The languages that the product answers in first; `sentences` and `pairs` are about these. */
export const EIGHT = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl'];

/** Share of texts whose language is told right: whole sentences, and pairs of words, the shortest that is asked. */
export const task: EvalTask = {
  async run({ test }) {
    const { rows } = await readRows<Row>(test);
    const start = process.cpuUsage();
    const told = rows.map((row) => ({ row, right: detectLanguage(row.text, '') === toMacro(row.language) }));
    const { user, system } = process.cpuUsage(start);
    const share = (kind: Row['kind'], languages?: readonly string[]): number => {
      const some = told.filter(
        ({ row }) => row.kind === kind && (languages === undefined || languages.includes(row.language)),
      );
      return some.filter(({ right }) => right).length / Math.max(1, some.length);
    };
    const languages = [...new Set(rows.map((row) => row.language))].sort();
    return {
      n: rows.length,
      sentences: share('sentence', EIGHT),
      pairs: share('word_pair', EIGHT),
      allSentences: share('sentence'),
      allPairs: share('word_pair'),
      cpuMsEach: (user + system) / 1000 / Math.max(1, rows.length),
      byLanguage: Object.fromEntries(languages.map((language) => [language, share('sentence', [language])])),
    };
  },
};

// ISO 639-1 has both `nb` and its macrolanguage `no`, which is what the product says.
function toMacro(language: string): string {
  return language === 'nb' ? 'no' : language;
}
