import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabaseClient } from '../../db/client.ts';
import { createTokenStore } from '../../db/token-store.ts';
import { createAccessTokens } from '../../src/security/oauth/create-access-tokens.ts';
import { openToken, sealTokens } from '../../src/security/oauth/tokens.ts';
import { startTokenServer, type TokenServer } from '../support/oauth/start-token-server.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';
import { SECRET, sealer, signIn as signInTo } from './support/sign-in.ts';

const PROGRAM = fileURLToPath(new URL('../support/oauth/print-token.ts', import.meta.url));
const HOUR_MS = 3_600_000;

let stores: TestStores;
let provider: TokenServer;
beforeAll(async () => {
  [stores, provider] = await Promise.all([openStores(), startTokenServer()]);
});
afterAll(async () => {
  await Promise.all([stores.close(), provider.stop()]);
});
beforeEach(() => provider.reset());

const signIn = (lifeMs: number, changes = {}) => signInTo({ stores, provider }, lifeMs, changes);

describe('access tokens', () => {
  it('a good one is handed out without asking anybody', async () => {
    const { get } = await signIn(HOUR_MS);
    expect(await get()).toBe('access-0-secret');
    expect(provider.requests).toEqual([]);
  });

  it('50 callers at once make one refresh, with the secret of the app', async () => {
    const { get } = await signIn(-1);
    const all = await Promise.all(Array.from({ length: 50 }, () => get()));
    expect(new Set(all).size).toBe(1);
    expect(all[0]).not.toBe('access-0-secret');
    expect(provider.requests).toEqual([
      { grant: 'refresh_token', refresh: 'refresh-0-secret', secret: SECRET, scope: undefined },
    ]);
  });

  it('two processes make one refresh: the second finds what the first stored', async () => {
    const { account, tokens, get } = await signIn(-1);
    const other = createDatabaseClient(stores.url, { connections: 2 });
    try {
      const getElsewhere = createAccessTokens({ tokens: createTokenStore(other.db), sealer })(
        account,
        SECRET,
      );
      const [here, there] = await Promise.all([get(), getElsewhere()]);
      expect(here).toBe(there);
      expect(provider.requests.length).toBe(1);
      const late = createAccessTokens({ tokens, sealer })(account, SECRET);
      expect(await late()).toBe(here);
      expect(provider.requests.length).toBe(1);
    } finally {
      await other.close();
    }
  });

  it('three programs that want a token at the same moment make one refresh', async () => {
    const { account } = await signIn(-1);
    const run = promisify(execFile);
    const given = ['--import', 'tsx/esm', PROGRAM, stores.url, JSON.stringify(account), '7'];
    const printed = await Promise.all([1, 2, 3].map(() => run(process.execPath, given)));
    expect(new Set(printed.map(({ stdout }) => stdout)).size).toBe(1);
    expect(printed[0]?.stdout).toMatch(/^\S{20,}\n$/);
    expect(provider.requests.length).toBe(1);
  });

  it('a mailbox that is opened anew asks what is stored: another may have taken its place', async () => {
    const { account, tokens, get } = await signIn(HOUR_MS);
    const open = createAccessTokens({ tokens, sealer });
    expect(await open(account, SECRET)()).toBe(await get());
    const later = { access: 'access-9', refresh: undefined, expiresAt: new Date(Date.now() + HOUR_MS) };
    await tokens.replace(account.id, sealTokens(sealer, account.id, later));
    expect(await open(account, SECRET)()).toBe('access-9');
  });

  it('many accounts that refresh at once leave connections of the database to others', async () => {
    const open = createAccessTokens({ tokens: createTokenStore(stores.db), sealer });
    const accounts = await Promise.all(Array.from({ length: 8 }, () => signIn(-1)));
    let held = 0;
    let mostHeld = 0;
    const counted = createAccessTokens({
      tokens: {
        async withLock(id, work) {
          mostHeld = Math.max(mostHeld, ++held);
          return createTokenStore(stores.db)
            .withLock(id, work)
            .finally(() => held--);
        },
      },
      sealer,
    });
    const all = await Promise.all(accounts.map(({ account }) => counted(account, SECRET)()));
    expect(all.every((token) => token !== 'access-0-secret')).toBe(true);
    expect(mostHeld).toBe(3);
    expect(await open(accounts[7]?.account ?? { id: '', oauth: provider.settings }, SECRET)()).toBe(all[7]);
  });

  it('a rotated refresh token is stored before the access token is handed out, and serves the next refresh', async () => {
    const { get, stored } = await signIn(-1);
    provider.judge((_request, count) => ({ grant: { refresh_token: `new-refresh-${count}` } }));
    const first = await get();
    expect(await stored()).toEqual({ access: first, refresh: 'new-refresh-1' });
    await get(first);
    expect(provider.requests.map(({ refresh }) => refresh)).toEqual(['refresh-0-secret', 'new-refresh-1']);
  });

  it('a refresh token that is not rotated stays in force', async () => {
    const { get, stored } = await signIn(-1);
    provider.judge(() => ({ grant: { refresh_token: undefined } }));
    await get();
    expect((await stored()).refresh).toBe('refresh-0-secret');
  });

  it('one that the mailbox refused is refreshed before its time, once for all who were refused', async () => {
    const { get } = await signIn(HOUR_MS);
    const refused = await get();
    const all = await Promise.all(Array.from({ length: 10 }, () => get(refused)));
    expect(new Set(all).size).toBe(1);
    expect(all[0]).not.toBe(refused);
    expect(provider.requests.length).toBe(1);
    expect(await get()).toBe(all[0]);
  });

  it('one that expires within a minute is not handed out', async () => {
    const { get } = await signIn(30_000);
    expect(await get()).not.toBe('access-0-secret');
  });

  it('an application reads by itself: client credentials with its scope, and again when refused', async () => {
    const id = 'app-only';
    await stores.accounts.add({ ...ACCOUNT, id }, undefined);
    const scopes = ['https://graph.microsoft.com/.default'];
    const oauth = { ...provider.settings, grant: 'client', scopes } as const;
    const tokens = createTokenStore(stores.db);
    const get = createAccessTokens({ tokens, sealer })({ id, oauth }, SECRET);
    const first = await get();
    expect(await get()).toBe(first);
    expect(await get(first)).toBeTruthy();
    expect(provider.requests).toEqual(
      Array.from({ length: 2 }, () => ({
        grant: 'client_credentials',
        refresh: undefined,
        secret: SECRET,
        scope: scopes[0],
      })),
    );
  });

  it('lie sealed, each at its place', async () => {
    const { account } = await signIn(HOUR_MS);
    const [row] =
      await stores.sql`select access, refresh from account_token where account_id = ${account.id}`;
    expect(Buffer.from(row?.access).includes('access-0')).toBe(false);
    expect(() => openToken(sealer, account.id, 'refresh', row?.access)).toThrow();
    expect(() => openToken(sealer, 'other', 'access', row?.access)).toThrow();
  });
});
