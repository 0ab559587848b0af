import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createAccountTester } from '../../src/create-account-tester.ts';
import type { Account } from '../../src/domain/account.ts';

it('a mailbox is looked at while its provider is left alone, and that is told', async () => {
  const path = await mkdtemp(join(tmpdir(), 'mailroom-tested-'));
  const account: Account = {
    id: 'files',
    kind: 'files',
    name: 'Files',
    address: 'files@example.org',
    mode: 'auto',
    state: 'active',
    stateReason: undefined,
    pullEverySeconds: 60,
    imap: undefined,
    files: { path, layout: 'folder' },
  };
  const test = createAccountTester({
    openCredentials: async () => ({ kind: 'password', password: 'none' }),
    stores: {
      intake: { findCursor: async () => undefined },
      accounts: { findWait: async () => ({ forMs: 3_600_000, reason: 'its disk asks to slow down' }) },
    },
  });
  try {
    const found = await test(account);
    expect(found).toMatchObject({ ok: true });
    expect(found.ok && found.lines.at(-1)).toMatch(
      /^Waiting until .*UTC because its provider asked: its disk asks to slow down$/,
    );
    // What somebody gives may be of another provider.
    expect(await test(account, { secret: 'other' })).not.toMatchObject({
      lines: expect.arrayContaining([expect.stringContaining('Waiting')]),
    });
  } finally {
    await rm(path, { recursive: true });
  }
});
