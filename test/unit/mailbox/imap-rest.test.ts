import type { ImapFlow } from 'imapflow';
import { expect, test, vi } from 'vitest';
import { createLink } from '../../../src/mail/imap/create-link.ts';
import { createRest, type Rest } from '../../../src/mail/imap/create-rest.ts';
import { createTurns } from '../../../src/mail/imap/create-turns.ts';

test('a rest that is stopped as it begins ends in silence, and idles no more', async () => {
  const idle = vi.fn(async () => true);
  const looks: Rest[] = [];
  const rest: Rest = createRest({
    turns: createTurns(),
    find: () => {
      looks.push(rest);
      rest.stop();
      return { usable: true, mailbox: {}, idle } as unknown as ImapFlow;
    },
    settle: async () => undefined,
    onFailure: () => undefined,
  });
  rest.soon();
  await vi.waitFor(() => expect(looks).toHaveLength(1), { timeout: 30_000, interval: 5 });
  // Node tells of a rejection that nobody handles once this turn of the loop is over.
  await new Promise((resolve) => setImmediate(resolve));
  expect(idle).not.toHaveBeenCalled();
});

test('a connection that is there as its session ends is not left open', async () => {
  const close = vi.fn();
  const link = createLink(
    'mail.example.com:993',
    async () => {
      link.end();
      return { usable: true, close, once: () => undefined } as unknown as ImapFlow;
    },
    () => undefined,
  );
  await expect(link.get(undefined)).rejects.toMatchObject({ message: 'The mailbox was closed.' });
  expect(close).toHaveBeenCalledOnce();
});
