import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createGlossary } from '../../../src/mail/pii/names/create-glossary.ts';

const WORDS = 16_384;

function createCounted() {
  const asked: string[] = [];
  const glossary = createGlossary(2, (word, looks, at) => {
    asked.push(word);
    looks[at] = word.length;
    looks[at + 1] = word.charCodeAt(0);
  });
  const lookUp = (word: string) => {
    const row = glossary.rowOf(word);
    return [...glossary.looks.slice(row, row + 2)];
  };
  return { asked, lookUp };
}

it('looks at each word once, and tells capitals apart', () => {
  const { asked, lookUp } = createCounted();
  expect(['Lind', 'lind', 'Lind', 'lind'].map(lookUp)).toEqual([
    [4, 76],
    [4, 108],
    [4, 76],
    [4, 108],
  ]);
  expect(asked).toEqual(['Lind', 'lind']);
});

it('begins anew when it is full, and then tells the same of each word', () => {
  const { asked, lookUp } = createCounted();
  for (let i = 0; i < WORDS; i++) lookUp(`word${i}`);
  expect(lookUp('word7')).toEqual([5, 119]);
  expect(asked).toHaveLength(WORDS);
  expect(lookUp('Berlin')).toEqual([6, 66]);
  expect(lookUp('word7')).toEqual([5, 119]);
  expect(asked).toHaveLength(WORDS + 2);
});

it('keeps nothing of the texts that words were cut from', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const glossary = createGlossary(1, (word, looks, at) => {
    looks[at] = word.length;
  });
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 64; i++) {
    const text = Buffer.alloc(1_000_000, `unforgettable${i}`).toString('latin1');
    glossary.rowOf(text.slice(0, 20));
  }
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(16_000_000);
});
