import { readFileSync } from 'node:fs';
import { createRandom } from '../../../src/analysis/learned/create-random.ts';
import type { InjectionRow } from './read-injection-rows.ts';

/** How often a line with slots is filled. */
const FILLS = 8;

const read = (name: string): string[] =>
  readFileSync(new URL(`./invented/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '));

/**
 * Sentences written for this project: orders to a machine, and what people do ask a mail room for, as near to an order
 * as a letter comes. `{slot}` stands for any of the words that `slots.txt` names for it; same seed, same rows.
 */
export function inventRows(seed = 1): InjectionRow[] {
  const random = createRandom(seed);
  const slots = new Map(
    read('slots').map((line): [string, string[]] => {
      const at = line.indexOf(': ');
      return [line.slice(0, at), line.slice(at + 2).split(' | ')];
    }),
  );
  const fill = (line: string) =>
    line.replace(/\{([a-z_]{1,20})\}/g, (slot, name: string) => {
      const words = slots.get(name);
      if (words === undefined) throw new Error(`no slot is named ${slot}`);
      return words[Math.floor(random() * words.length)] ?? '';
    });
  const rowsOf = (name: string, isInjection: boolean) =>
    read(name)
      .flatMap((line) => Array.from({ length: line.includes('{') ? FILLS : 1 }, () => fill(line)))
      .map((text, i): InjectionRow => {
        const attack = isInjection ? text : undefined;
        return { id: `own-${name}-${i}`, shape: 'email', isInjection, text, attack };
      });
  return [...rowsOf('orders', true), ...rowsOf('requests', false)];
}
