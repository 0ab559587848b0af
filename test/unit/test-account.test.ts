import { expect, test } from 'vitest';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { LiveMailbox } from '../../src/mail/mailbox.ts';
import { testAccount } from '../../src/test-account.ts';

function mailbox(probe: LiveMailbox['probe'], closed: string[] = []): LiveMailbox {
  const unexpected = () => {
    throw new Error('was not expected here');
  };
  return {
    readPage: unexpected,
    list: unexpected,
    readItems: unexpected,
    mark: unexpected,
    probe,
    close: async () => void closed.push('closed'),
  };
}

test('tells what was found, and closes the mailbox', async () => {
  const closed: string[] = [];
  const result = await testAccount(async () => mailbox(async () => ['INBOX: 3 messages'], closed));
  expect(result).toEqual({ ok: true, lines: ['INBOX: 3 messages'] });
  expect(closed).toEqual(['closed']);
});

test('looks at it as a pull from where it was read to would', async () => {
  const probe = async (_signal: AbortSignal, cursor?: string) => [`from ${cursor}`];
  const options = { findCursor: async () => 'here' };
  expect(await testAccount(async () => mailbox(probe), options)).toMatchObject({ lines: ['from here'] });
  expect(await testAccount(async () => mailbox(probe))).toMatchObject({ lines: ['from undefined'] });
});

test('tells the exact fault and the fix of what refuses', async () => {
  const refused = new ServiceError('AuthenticationFailed', 'The server said NO', { fix: 'Check it.' });
  expect(await testAccount(() => Promise.reject(refused))).toEqual({
    ok: false,
    type: 'AuthenticationFailed',
    fault: 'The server said NO',
    fix: 'Check it.',
  });
});

test('gives up on a server that never answers, and tells it to stop', async () => {
  let stopped = false;
  const probe = (signal: AbortSignal) =>
    new Promise<never>(() => {
      signal.addEventListener('abort', () => {
        stopped = true;
      });
    });
  const result = await testAccount(async () => mailbox(probe), { limitMs: 20 });
  expect(result).toMatchObject({
    ok: false,
    type: 'Unavailable',
    fault: expect.stringContaining('does not answer'),
  });
  expect(stopped).toBe(true);
});

test('does not hide a bug', async () => {
  await expect(testAccount(() => Promise.reject(new TypeError('x')))).rejects.toThrow(TypeError);
});
