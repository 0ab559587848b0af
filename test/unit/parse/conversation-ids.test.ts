import { expect, it } from 'vitest';
import { parseConversationIds } from '../../../src/mail/parse/conversation-ids.ts';

const messageId = (header: string): string | undefined =>
  parseConversationIds(header, undefined, undefined).messageIdHeader;

it.each([
  ['<a@example.com>', 'a@example.com'],
  [' (comment) <a@example.com> (x)', 'a@example.com'],
  ['<a\r\n @example.com>', 'a@example.com'],
  ['<broken <a@example.com>', 'a@example.com'],
  ['a@example.com', 'a@example.com'],
  ['no id at all', undefined],
  ['<>', undefined],
  [`<${'a'.repeat(600)}@example.com>`, undefined],
])('reads the Message-ID %j', (header, id) => expect(messageId(header)).toBe(id));

it('takes the first id of In-Reply-To, whatever stands around it', () => {
  const ids = parseConversationIds(undefined, 'Message of Monday from Ann <p@x> <q@x>', undefined);
  expect(ids.inReplyTo).toBe('p@x');
});

it('keeps the root and the latest of too many references, each once', () => {
  const header = Array.from({ length: 300 }, (_, i) => `<${i}@x>`).join(' ');
  const { references } = parseConversationIds(undefined, undefined, `${header} <299@x> junk,<`);
  expect(references).toHaveLength(100);
  expect([references[0], references[1], references.at(-1)]).toEqual(['0@x', '201@x', '299@x']);
});
