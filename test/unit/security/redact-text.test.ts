import { expect, it } from 'vitest';
import type { PiiKind, PiiSpan } from '../../../src/domain/message.ts';
import { createRedactor, redactText } from '../../../src/security/redact-text.ts';
import { restoreText } from '../../../src/security/restore-text.ts';
import { createSealer } from '../../../src/security/seal.ts';
import { openRedaction, sealRedaction } from '../../../src/security/seal-redaction.ts';

const span = (text: string, value: string, kind: PiiKind, from = 0): PiiSpan => {
  const start = text.indexOf(value, from);
  return { kind, start, end: start + value.length };
};
const sealer = () => createSealer(new Map([[1, new Uint8Array(32).fill(7)]]));

it('gives the same value the same placeholder, over all texts of a message', () => {
  const redactor = createRedactor();
  const one = 'Ann met Bob, and Ann left';
  const spans = [span(one, 'Ann', 'person'), span(one, 'Bob', 'person'), span(one, 'Ann', 'person', 5)];
  expect(redactor.redact(one, spans)).toBe('[PERSON_1] met [PERSON_2], and [PERSON_1] left');
  const two = 'Bob: +49 30 1';
  expect(redactor.redact(two, [span(two, 'Bob', 'person'), span(two, '+49 30 1', 'phone')])).toBe(
    '[PERSON_2]: [PHONE_1]',
  );
});

it('gives back exactly what it hid', () => {
  const text = 'Ann <ann@example.org>\nMain St 1, Ann';
  const spans = [
    span(text, 'Ann', 'person'),
    span(text, 'ann@example.org', 'email'),
    span(text, 'Main St 1', 'address'),
    span(text, 'Ann', 'person', 30),
  ];
  const { text: hidden, values } = redactText(text, spans);
  expect(hidden).not.toMatch(/Ann|ann@|Main/);
  expect(restoreText(hidden, values)).toBe(text);
});

it('hides overlapping spans as one, and leaves nothing of either', () => {
  const text = 'at 12 Ann Street now';
  const spans = [
    span(text, 'Ann', 'person'),
    span(text, '12 Ann', 'address'),
    span(text, 'Ann Street', 'address'),
  ];
  const { text: hidden, values } = redactText(text, spans);
  expect(hidden).toBe('at [ADDRESS_1] now');
  expect(restoreText(hidden, values)).toBe(text);
});

it('does not let a sender have a value put where he wrote a placeholder', () => {
  const text = 'Ann says [PERSON_1] and [TEXT_1] and [EMAIL_9]';
  const { text: hidden, values } = redactText(text, [span(text, 'Ann', 'person')]);
  expect(hidden).toBe('[PERSON_1] says [TEXT_1] and [TEXT_2] and [TEXT_3]');
  expect(restoreText(hidden, values)).toBe(text);
  expect(restoreText('[PERSON_2] [IBAN_1]', values)).toBe('[PERSON_2] [IBAN_1]');
});

it('shows dates, firms, titles and links, and ignores spans that lie outside the text', () => {
  const text = 'Dr Ann of Acme, 3 May, https://acme.example';
  const spans = [
    span(text, 'Dr', 'title'),
    span(text, 'Acme', 'organization'),
    span(text, '3 May', 'date'),
    span(text, 'https://acme.example', 'url'),
    { kind: 'person' as const, start: 40, end: 400 },
  ];
  expect(redactText(text, spans).text).toBe(text);
});

it('can be reversed by us alone: sealed for one message, under our key', () => {
  const { values } = redactText('Ann', [{ kind: 'person', start: 0, end: 3 }]);
  const sealed = sealRedaction(values, sealer(), 'm1');
  expect(Buffer.from(sealed).includes('Ann')).toBe(false);
  expect(openRedaction(sealed, sealer(), 'm1')).toEqual(values);
  expect(() => openRedaction(sealed, sealer(), 'm2')).toThrow();
  const stranger = createSealer(new Map([[1, new Uint8Array(32).fill(8)]]));
  expect(() => openRedaction(sealed, stranger, 'm1')).toThrow();
});
