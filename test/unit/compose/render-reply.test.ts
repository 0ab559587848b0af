import { expect, it } from 'vitest';
import { renderReply } from '../../../src/mail/compose/render-reply.ts';

const VALUES = { name: 'Ann', subject: 'Broken pump', summary: 'The pump leaks.' };

it('fills the three placeholders wherever they stand', () => {
  expect(renderReply('Hello {name},\n{subject}: {summary} ({subject})', VALUES)).toBe(
    'Hello Ann,\nBroken pump: The pump leaks. (Broken pump)',
  );
});

it('does not fill what a value brings along', () => {
  expect(renderReply('{subject}', { ...VALUES, subject: '{summary} {name} $& $1' })).toBe(
    '{summary} {name} $& $1',
  );
});

it('leaves other braces alone', () => {
  expect(renderReply('{constructor} {} {Name} {{name}}', VALUES)).toBe('{constructor} {} {Name} {Ann}');
});

it('drops the space before an empty value', () => {
  expect(renderReply('Hello {name},', { ...VALUES, name: ' ' })).toBe('Hello,');
});

it('keeps values on one line, without control, bidi and invisible characters', () => {
  const summary = 'a\r\nBcc: x\0\u202Eb\u200B\u2028c\tд';
  expect(renderReply('{summary}', { ...VALUES, summary })).toBe('a Bcc: x b c д');
});

it('cuts long values at a whole character', () => {
  const text = renderReply('{subject}', { ...VALUES, subject: '😀'.repeat(5_000) });
  expect([...text]).toHaveLength(150);
  expect(text.endsWith('😀…')).toBe(true);
  expect(text.isWellFormed()).toBe(true);
});

it.each([
  'Win at https://evil.example',
  'www.evil.example',
  'ann@evil.example',
  'evil.example/x',
  '<b>Ann</b>',
])('sends no advertisement in the place of a name: %s', (name) => {
  expect(renderReply('Hello {name},', { ...VALUES, name })).toBe('Hello,');
});
