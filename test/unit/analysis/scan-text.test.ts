import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../../src/analysis/local/lexicon/compile-lexicon.ts';
import { foldWords } from '../../../src/analysis/local/lexicon/fold-words.ts';
import { scanText } from '../../../src/analysis/local/lexicon/scan-text.ts';

function find(signals: Record<string, string[]>, text: string): string[] {
  const lexicon = compileLexicon([{ target: { kind: 'category', id: 'a' }, signals }]);
  return scanText(text, lexicon).hits.map(({ phrase, word }) => `${phrase.text}@${word}`);
}

describe('the phrase index', () => {
  it('finds phrases without case and accents, at word boundaries only', () => {
    expect(find({ fr: ['reçu hier'] }, 'RECU HIER, pas "reçu hierarchie"')).toEqual(['recu hier@0']);
    expect(find({ en: ['art'] }, 'party art artful')).toEqual(['art@1']);
  });

  it('matches any ending after a star', () => {
    expect(find({ en: ['invoice*'] }, 'Invoices, invoiced, voice')).toEqual(['invoice@0', 'invoice@1']);
    expect(find({ de: ['offen* rechnung*'] }, 'offene Rechnungen')).toEqual(['offen rechnung@0']);
  });

  it('reads German spelled out and with umlauts', () => {
    for (const text of ['Störung', 'Stoerung', 'STÖRUNG', 'Sto\u0308rung', 'Storung']) {
      expect(find({ de: ['störung'] }, text), text).toHaveLength(1);
    }
    expect(find({ de: ['gruß'] }, 'GRUSS')).toHaveLength(1);
  });

  it('looks through zero-width characters inside words', () => {
    expect(find({ en: ['password'] }, 'pass\u200bword')).toHaveLength(1);
  });

  it('finds every phrase that was planted, wherever it stands', () => {
    const word = fc.stringMatching(/^[a-zäéßø]{3,9}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.array(word),
        fc.array(word),
        (phrase, before, after) => {
          const text = [...before, ...phrase, ...after].join(' ');
          const lexicon = compileLexicon([
            { target: { kind: 'cue', id: 'a' }, signals: { en: [phrase.join(' ')] } },
          ]);
          const scan = scanText(text, lexicon);
          expect(scan.hits.map(({ word: at }) => at)).toContain(before.length);
          expect(scan.starts).toHaveLength(foldWords(text).length);
        },
      ),
    );
  });

  it('scans any text', () => {
    const lexicon = compileLexicon([{ target: { kind: 'cue', id: 'a' }, signals: { en: ['a b', 'abc*'] } }]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { starts, ends } = scanText(text, lexicon);
        expect(starts.every((start, index) => start < (ends[index] ?? 0))).toBe(true);
      }),
    );
  });
});
