import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toPrintable, toPrintableJson, toPrintableLine } from '../../../src/to-printable.ts';

/** Controls but the line feed, format characters, line separators. */
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/u;

test('leaves nothing that a terminal obeys', () => {
  const text = 'a\x1b]0;x\x07b\u009b31mc\u202ed\u2028e\tf\ng é 日 😀';
  expect(toPrintable(text)).toBe('a ]0;x b 31mc d e f\ng é 日 😀');
  expect(toPrintableLine(text)).toBe('a ]0;x b 31mc d e f g é 日 😀');
});

test('writes JSON that reads back the same, whatever it holds', () => {
  expect(toPrintableJson({ a: '\u202e\x7f' })).toBe('{"a":"\\u202e\\u007f"}');
  expect(toPrintableJson(undefined)).toBe('null');
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (value) => {
      const text = toPrintableJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(text).not.toMatch(OBEYED);
    }),
  );
});
