import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read } from './support/read.ts';

interface Row {
  readonly id: string;
  readonly expected?: { readonly subject?: string | null; readonly from_email?: string };
}
interface Label {
  readonly file: string;
  readonly language: string;
  readonly inlineAnswers: boolean;
}

const SAMPLE = join(import.meta.dirname, '../../fixtures/sample-mailbox');
const data = process.env.MAILROOM_DATA;
const folder = data === undefined ? undefined : join(data, 'mime/dev');
const hasData = folder !== undefined && existsSync(join(folder, 'index.jsonl'));

function readLines<T>(path: string): T[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

const letters = (text: string): string => text.replace(/\s+/g, '').toLowerCase();

describe('real mail', () => {
  it('is all read, and nine in ten subjects and senders as others read them', {
    timeout: 60_000,
  }, async ({ skip }) => {
    if (!hasData) return skip('no data (set MAILROOM_DATA to a folder that holds mime/dev/index.jsonl)');
    const root = folder;
    let hits = 0;
    let asked = 0;
    for (const row of readLines<Row>(join(root, 'index.jsonl'))) {
      const view = await read(readFileSync(join(root, row.id)));
      const { subject, from_email: from } = row.expected ?? {};
      if (subject) asked++;
      if (subject && letters(subject) === letters(view.subject)) hits++;
      if (from) asked++;
      if (from?.toLowerCase() === view.from.address) hits++;
    }
    expect(hits / asked).toBeGreaterThan(0.9);
  });
});

describe('the sample mailbox', () => {
  it('is read in the language and with the inline answers that its labels name', async ({ skip }) => {
    if (!existsSync(join(SAMPLE, 'labels.jsonl'))) return skip('the sample mailbox has no labels.jsonl');
    for (const label of readLines<Label>(join(SAMPLE, 'labels.jsonl'))) {
      const { language, inlineAnswers } = await read(readFileSync(join(SAMPLE, label.file)));
      expect({ file: label.file, language, inlineAnswers }).toEqual({
        file: label.file,
        language: label.language,
        inlineAnswers: label.inlineAnswers,
      });
    }
  });
});
