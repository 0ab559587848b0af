import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCredentials } from '../../src/create-credentials.ts';
import type { Account } from '../../src/domain/account.ts';
import { sealTokens } from '../../src/security/oauth/tokens.ts';
import { createSealer } from '../../src/security/seal.ts';
import { startTokenServer, type TokenServer } from '../support/oauth/start-token-server.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const sealer = createSealer(new Map([[1, new Uint8Array(32).fill(7)]]));
const IMAP = {
  host: 'imap.example.com',
  port: 993,
  security: 'tls',
  username: 'u',
  folders: ['INBOX'],
  allowSelfSigned: false,
} as const;
const GOOD = { access: 'stored-access', refresh: 'r', expiresAt: new Date(Date.now() + 3_600_000) };

let stores: TestStores;
let provider: TokenServer;
beforeAll(async () => {
  [stores, provider] = await Promise.all([openStores(), startTokenServer()]);
});
afterAll(async () => {
  await Promise.all([stores.close(), provider.stop()]);
});

async function add(id: string, changes: Partial<Account>, secret?: string): Promise<Account> {
  const account = { ...ACCOUNT, id, ...changes };
  const sealed = secret === undefined ? undefined : sealer.seal(Buffer.from(secret), `account/secret/${id}`);
  await stores.accounts.add(account, sealed);
  return account;
}

describe('the credentials of an account', () => {
  it('are its password, or one that is given and not stored yet', async () => {
    const open = createCredentials({ stores, sealer });
    const account = await add('p', {}, 'hunter2');
    expect(await open(account)).toEqual({ kind: 'password', password: 'hunter2' });
    expect(await open(account, { secret: 'new' })).toEqual({ kind: 'password', password: 'new' });
    await expect(open(await add('none', {}))).rejects.toMatchObject({
      type: 'AuthenticationFailed',
      fix: expect.stringContaining('account password none'),
    });
    expect(await open(await add('watched', { kind: 'files' }))).toEqual({ kind: 'password', password: '' });
  });

  it('are its token when somebody signed in, and say how to when nobody did', async () => {
    const open = createCredentials({ stores, sealer });
    const account = await add('user', { kind: 'gmail', oauth: provider.settings }, 'client-secret');
    const early = await open(account);
    if (early.kind !== 'token') throw new Error('no token');
    await expect(early.getAccessToken()).rejects.toMatchObject({
      type: 'AuthenticationFailed',
      fix: expect.stringContaining('account login user'),
    });
    await expect(open(account, { secret: 'other' })).rejects.toMatchObject({ type: 'AuthenticationFailed' });
    await stores.tokens.replace('user', sealTokens(sealer, 'user', GOOD));
    const late = await open(account);
    expect(late.kind === 'token' && (await late.getAccessToken())).toBe('stored-access');
  });

  it('leaves its token to the servers of the stored account when others are only tried', async () => {
    const open = createCredentials({ stores, sealer });
    const gmail = { labels: ['INBOX'], topic: undefined, baseUrl: 'https://gmail.googleapis.com' };
    const account = await add('mine', { kind: 'gmail', gmail, oauth: provider.settings }, 'client-secret');
    const stale = { ...GOOD, expiresAt: new Date(Date.now() - 1_000) };
    await stores.tokens.replace('mine', sealTokens(sealer, 'mine', stale));
    const before = provider.requests.length;
    const elsewhere: Partial<Account>[] = [
      { oauth: { ...provider.settings, tokenUrl: 'https://thief.example/token' } },
      { oauth: { ...provider.settings, clientId: 'another-app' } },
      { gmail: { ...gmail, baseUrl: 'https://thief.example' } },
      { kind: 'imap', gmail: undefined, imap: { ...IMAP, host: 'thief.example' } },
    ];
    for (const changes of elsewhere) {
      await expect(open({ ...account, ...changes }, { secret: undefined })).rejects.toMatchObject({
        type: 'AuthenticationFailed',
        message: 'Nobody has signed in to this mailbox yet',
      });
    }
    await expect(open(account, { secret: 'another-secret' })).rejects.toMatchObject({
      type: 'AuthenticationFailed',
    });
    expect(provider.requests).toHaveLength(before);
    const same = await open({ ...account, gmail: { ...gmail, labels: ['Orders'] } }, { secret: undefined });
    expect(same.kind === 'token' && (await same.getAccessToken())).toBeTruthy();
    expect(provider.requests.at(-1)?.secret).toBe('client-secret');
  });

  it('of an app that is only tried leave the stored tokens alone', async () => {
    const open = createCredentials({ stores, sealer });
    const oauth = { ...provider.settings, grant: 'client' } as const;
    const account = await add('app', { kind: 'graph', oauth }, 'client-secret');
    await stores.tokens.replace('app', sealTokens(sealer, 'app', GOOD));
    const tried = await open(account, { secret: 'new-secret' });
    expect(tried.kind === 'token' && (await tried.getAccessToken())).not.toBe('stored-access');
    expect(provider.requests.at(-1)?.secret).toBe('new-secret');
    const stored = await open(account);
    expect(stored.kind === 'token' && (await stored.getAccessToken())).toBe('stored-access');
  });
});
