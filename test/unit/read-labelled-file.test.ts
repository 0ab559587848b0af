import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readLabelledFile } from '../../src/read-labelled-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'labelled-'));
  execFileSync('mkfifo', [join(folder, 'fifo')]);
});
afterAll(() => rm(folder, { recursive: true }));

async function rowsOf(text: string | Buffer) {
  const path = join(folder, 'rows.jsonl');
  await writeFile(path, text);
  return readLabelledFile(path, 'category');
}

it('reads what has a label, and counts what has none', async () => {
  const { rows, unlabelled } = await rowsOf(
    '{"subject":"a","body":"b","category":"order","group":"g"}\n\n{"subject":"c"}\n',
  );
  expect(unlabelled).toBe(1);
  expect(rows).toEqual([{ text: { subject: 'a', body: 'b' }, label: 'order', caseKey: 'g' }]);
});

it.each([
  ['{"subject":"a"}\n{"subject":"b","category":""}', /None of the 2 lines of \S+ has a "category"$/],
  ['{"subject":"a","category":null}', /None of the 1 lines of \S+ has a "category"$/],
  ['{"category":1}\n{"category":2}', /None of the 2 lines of \S+ has a "category" that is text$/],
  ['', /rows\.jsonl is empty$/],
  ['\n \n', /rows\.jsonl is empty$/],
  ['{"subject":"a","category":"order"}\nnonsense', /line 2/],
])('refuses %j, and says why', async (text, why) => {
  const refused = rowsOf(text);
  await expect(refused).rejects.toMatchObject({ type: 'InvalidInput' });
  await expect(refused).rejects.toThrow(why);
});

it.each(['nowhere.jsonl', '.', 'fifo'])('refuses %s, which is no file to read', async (name) => {
  const refused = readLabelledFile(join(folder, name), 'category');
  await expect(refused).rejects.toMatchObject({ type: 'InvalidInput' });
});

it('names the line that is not UTF-8, and reads what is', async () => {
  const row = (word: string) => `{"subject":"${word}","category":"order"}\n`;
  const { rows } = await rowsOf(row('Grüße \u{1F4E6}\u2028 \u0416'));
  expect(rows[0]?.text.subject).toBe('Grüße \u{1F4E6}\u2028 \u0416');
  const refused = rowsOf(Buffer.concat([Buffer.from(row('Grüße')), Buffer.from(row('Grüße'), 'latin1')]));
  await expect(refused).rejects.toMatchObject({ type: 'InvalidInput', fix: 'Save the file as UTF-8.' });
  await expect(refused).rejects.toThrow(/line 2, is not valid UTF-8/);
});
