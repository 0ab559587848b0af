import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/domain/service-error.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';

let api: TestApi;
beforeEach(async () => {
  api = await openTestApi();
  await api.stores.accounts.add(IMAP, undefined);
});
afterEach(() => api.close());

const IMAP = {
  id: 'sales',
  kind: 'imap' as const,
  name: 'Sales',
  address: 'sales@example.org',
  mode: 'hybrid' as const,
  state: 'active' as const,
  stateReason: undefined,
  pullEverySeconds: 60,
  imap: undefined,
};
const get = async (url: string) => (await api.app.inject({ url })).json();

async function auditOnce(): Promise<void> {
  const entry = { label: 'INBOX, UID 1', receivedAt: undefined, passed: true, skipped: undefined };
  await api.stores.audits.begin('sales', 'audit-1');
  await api.stores.audits.addEntries('audit-1', [
    { ...entry, providerKey: 'lost' },
    { ...entry, providerKey: 'old', skipped: 'older than the look-back of this account' },
  ]);
  await api.stores.audits.compare('sales', 'audit-1');
  await api.stores.audits.finish('sales', 'audit-1', { failure: undefined });
}

describe('the ledger of an account', () => {
  it('is empty before the first audit', async () => {
    expect(await get('/api/accounts/sales/audit')).toEqual({ latest: null, items: [] });
    expect(await get('/api/accounts/sales/audit/entries')).toEqual({ items: [] });
  });

  it('says what became of every message, and which nobody can account for', async () => {
    await auditOnce();
    const { latest, items } = await get('/api/accounts/sales/audit');
    expect(latest).toMatchObject({ listed: 2, skipped: 1, missing: 1, unaccounted: 1, state: 'completed' });
    expect(items).toEqual([latest]);
    expect(await get('/api/accounts/sales/audit/entries?fate=missing')).toMatchObject({
      items: [{ providerKey: 'lost', fate: 'missing', label: 'INBOX, UID 1' }],
    });
    expect(await get('/api/accounts/sales/audit/entries?after=lost')).toMatchObject({
      items: [{ providerKey: 'old', fate: 'skipped', reason: 'older than the look-back of this account' }],
    });
    expect((await get('/api/accounts/sales')).ledger).toMatchObject({ listed: 2, unaccounted: 1 });
    const metrics = (await api.app.inject({ url: '/metrics' })).body;
    expect(metrics).toContain('mail_unaccounted{account="sales"} 1');
  });

  it('is awaited since the last audit, or since the account was added, while it is read', async () => {
    await api.stores.accounts.add({ ...IMAP, id: 'imports', kind: 'files', mode: 'manual' }, undefined);
    const awaited = async () => {
      const { body } = await api.app.inject({ url: '/metrics' });
      return [...body.matchAll(/^mailroom_audit_awaited\w+\{account="(\w+)"\} (\S+)$/gm)].map(
        ([, account, at]) => [account, Number(at)],
      );
    };
    const counts = (await api.stores.accountFacts.count()).get('sales');
    expect(await awaited()).toEqual([['sales', (counts?.createdAt.getTime() ?? 0) / 1000]]);
  });

  it('is awaited of no account that is paused', async () => {
    await api.stores.accounts.changeState('sales', 'paused', 'rests');
    expect((await api.app.inject({ url: '/metrics' })).body).not.toContain(
      'audit_awaited_since_timestamp_seconds{',
    );
  });
});

describe('an audit on demand', () => {
  it('is started, or joined when one runs', async () => {
    const answer = await api.app.inject({ method: 'POST', url: '/api/accounts/sales/audit' });
    expect([answer.statusCode, answer.json().workflowId]).toEqual([202, 'audit/sales']);
    expect(api.controls.calls).toContainEqual(['auditNow', 'sales']);
  });

  it.each([
    ['an account that was removed', { id: 'gone', state: 'removed' as const }, 409],
    ['a paused account', { id: 'idle', state: 'paused' as const, stateReason: 'The password is wrong' }, 409],
    [
      'an account that only takes imports',
      { id: 'drop', kind: 'files' as const, mode: 'manual' as const },
      409,
    ],
  ])('of %s is refused with the fix', async (_what, changes, status) => {
    await api.stores.accounts.add({ ...IMAP, ...changes }, undefined);
    const answer = await api.app.inject({ method: 'POST', url: `/api/accounts/${changes.id}/audit` });
    expect(answer.statusCode).toBe(status);
    expect(answer.json().fix).toBeTruthy();
  });

  it('of no account, of a bad question and without Temporal is told apart', async () => {
    expect((await api.app.inject({ method: 'POST', url: '/api/accounts/none/audit' })).statusCode).toBe(404);
    expect((await api.app.inject({ url: '/api/accounts/sales/audit/entries?fate=eaten' })).statusCode).toBe(
      400,
    );
    api.controls.failure = new ServiceError('Unavailable', 'Temporal does not answer');
    expect((await api.app.inject({ method: 'POST', url: '/api/accounts/sales/audit' })).statusCode).toBe(503);
  });
});
