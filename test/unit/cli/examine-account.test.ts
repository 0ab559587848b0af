import { describe, expect, it, vi } from 'vitest';
import type { AccountRow } from '../../../db/account-store.ts';
import { examineAccount } from '../../../src/cli/examine-account.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';
import type { Context } from '../../../src/open-context.ts';

const SLOW = 'gmail.googleapis.com asks to slow down: too many requests';
const ACCOUNT = {
  id: 'gr3',
  kind: 'gmail',
  mode: 'hybrid',
  state: 'active',
  stateReason: undefined,
  lastPullError: SLOW,
  failures: 1,
  gmail: { labels: ['INBOX'] },
} as unknown as AccountRow;

function open(leftMs: number | undefined) {
  const until = new Date(Date.now() + (leftMs ?? 0));
  const wait = leftMs === undefined ? undefined : { until, reason: SLOW };
  const openCredentials = vi.fn().mockRejectedValue(new ServiceError('Unavailable', 'asked'));
  const stores = {
    accountFacts: { count: async () => new Map([['gr3', { wait }]]) },
    accounts: { findWait: async () => leftMs && { forMs: leftMs, reason: SLOW } },
  };
  return { context: { openCredentials, stores } as unknown as Context, openCredentials };
}

describe('what is found of an account whose provider asked for a wait', () => {
  it('is the wait and no fault, and the provider is not asked before its end', async () => {
    const { context, openCredentials } = open(600_000);
    const found = await examineAccount(context, ACCOUNT);
    expect(found).toMatch(/^Waiting until .*\d\d:\d\d UTC because its provider asked: gmail/);
    expect(openCredentials).not.toHaveBeenCalled();
  });

  it('is its pause when it is paused, and the provider is left alone all the same', async () => {
    const { context, openCredentials } = open(600_000);
    const paused = { ...ACCOUNT, state: 'paused', stateReason: 'holiday' } as const;
    await expect(examineAccount(context, paused)).rejects.toThrow('It is paused: holiday');
    expect(openCredentials).not.toHaveBeenCalled();
  });

  it('is its last fault once it only ever asks for waits, still without a request', async () => {
    const { context, openCredentials } = open(600_000);
    await expect(examineAccount(context, { ...ACCOUNT, failures: 12 })).rejects.toThrow(
      'Its last pull failed: gmail',
    );
    expect(openCredentials).not.toHaveBeenCalled();
  });

  it('is looked for in its mailbox when there is no wait', async () => {
    const { context, openCredentials } = open(undefined);
    await expect(examineAccount(context, ACCOUNT)).rejects.toThrow('asked');
    expect(openCredentials).toHaveBeenCalledOnce();
  });
});
