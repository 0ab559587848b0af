import { expect, it } from 'vitest';
import { createPrompt } from '../../src/analysis/llm/prompt.ts';
import { loadTaxonomy } from '../../src/analysis/taxonomy/load-taxonomy.ts';
import { createVeil } from '../../src/create-veil.ts';
import type { Reading } from '../../src/domain/analysis.ts';
import { redactView } from '../../src/security/redact-view.ts';
import { createSealer } from '../../src/security/seal.ts';
import { messageView } from '../support/message-view.ts';

const veil = createVeil(createSealer(new Map([[1, new Uint8Array(32).fill(7)]])));
const TEXT =
  'Hello, I am Zebulon Quarterstaff. Please refund IBAN DE89 3704 0044 0532 0130 00 and call +49 30 901820.';
const mail = messageView({
  subject: 'Refund for Quarterstaff',
  from: { name: 'Zebulon Quarterstaff', address: 'zebulon@quarterstaff.example' },
  text: TEXT,
  visibleText: TEXT,
});

it('shows a model no name, address or number of the sender', () => {
  const { view } = veil.hide('m1', mail);
  const { user } = createPrompt(view, loadTaxonomy());
  expect(user).not.toMatch(/Zebulon|Quarterstaff|zebulon|3704|901820/);
  expect(user).toContain('Please refund');
});

it('puts the names back into what the model says, and finds its sentence in the message itself', () => {
  const { view, restore } = veil.hide('m1', mail);
  const name = /\[PERSON_\d+\]/.exec(view.visibleText)?.[0] ?? 'none';
  const reading: Reading = {
    classification: { category: 'other', confidence: 0.6, reasons: [], alternatives: [] },
    priority: { priority: 'NORMAL', reasons: [] },
    summary: { line: `${name} wants a refund`, points: [{ text: `Please refund ${name}`, from: undefined }] },
  };
  const { line, points } = restore(reading).summary;
  expect(line).toBe('Zebulon Quarterstaff wants a refund');
  expect(points.map(({ text }) => text)).toEqual(['Please refund Zebulon Quarterstaff']);
});

const shown = (text: string) =>
  createPrompt(veil.hide('m1', messageView({ text, visibleText: text })).view, loadTaxonomy()).user;
const addresses = (count: number) =>
  Array.from({ length: count }, (_, i) => `someone.of.a.long.name.${i}@department-${i}.example.com`).join(
    '\n',
  );

it('shows nothing of a text that is past what is searched for names, and says so', () => {
  const user = shown(`${addresses(620)}\nThe contract was signed by Maria Gonzalez in Hamburg.`);
  expect(user).not.toMatch(/Maria|Gonzalez|Hamburg|someone/);
  expect(user).toMatch(/\[\d+ more characters left out\]/);
});

it.each([
  ['many', Array.from({ length: 3000 }, (_, i) => `${i}@b.co`).join(' ')],
  [
    'one where the text is cut',
    `${'Hello. '.repeat(3396)}Pay DE89 3704 0044 0532 0130 00${' now.'.repeat(500)}`,
  ],
])('shows no part of an address or a number: %s', (_, text) => {
  expect(shown(text)).not.toMatch(/@b\.co|DE89|3704/);
  const { view } = veil.hide('m1', messageView({ text, visibleText: text }));
  expect(view.visibleText).not.toMatch(/@b\.co|DE89|3704/);
});

it('searches no more of a text of a megabyte than it shows', () => {
  const text = 'Mit freundlichen Grüßen, Peter Schneider, +49 30 901820. '.repeat(18_000);
  const searched: number[] = [];
  const find = (part: string) => {
    searched.push(part.length);
    return [];
  };
  const { view } = redactView(messageView({ text, visibleText: text }), find, 24_000);
  expect(Math.max(...searched)).toBe(24_000);
  expect(Math.max(view.text.length, view.visibleText.length)).toBeLessThan(24_000);
});
