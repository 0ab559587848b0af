import { describe, expect, it } from 'vitest';
import { createTokenizer, toBertDefinition } from '../../../../src/analysis/embedding/tokenizer.ts';

/** The example of the BERT authors (google-research/bert, tokenization_test.py). */
const PIECES = [
  '[UNK]',
  '[CLS]',
  '[SEP]',
  'want',
  '##want',
  '##ed',
  'wa',
  'un',
  'runn',
  '##ing',
  ',',
  'he',
  '##llo',
];
const tokenize = createTokenizer(
  { definition: toBertDefinition(`${PIECES.join('\r\n')}\n`, true), config: {} },
  8,
);
const pieces = (text: string) => tokenize(text).map((id) => PIECES[id]);

describe('the tokenizer', () => {
  it('splits words into the longest known pieces', () => {
    expect(pieces('UNwanted,running')).toEqual([
      '[CLS]',
      'un',
      '##want',
      '##ed',
      ',',
      'runn',
      '##ing',
      '[SEP]',
    ]);
  });

  it('takes accents and case away and knows what it does not know', () => {
    expect(pieces('Héllo wantedX')).toEqual(['[CLS]', 'he', '##llo', '[UNK]', '[SEP]']);
  });

  it('keeps the end mark of a text that is cut, and is quick with one that is hostile', () => {
    const cut = pieces('want '.repeat(10_000));
    expect(cut).toHaveLength(8);
    expect(cut.at(-1)).toBe('[SEP]');
    const start = performance.now();
    expect(pieces('x'.repeat(1_000_000))).toEqual(['[CLS]', '[UNK]', '[SEP]']);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
