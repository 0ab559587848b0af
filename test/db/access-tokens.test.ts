import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabaseClient } from '../../db/client.ts';
import { createTokenStore } from '../../db/token-store.ts';
import type { OAuthSettings } from '../../src/domain/account.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { isSignInReason } from '../../src/domain/sign-in-needed.ts';
import { createAccessTokens } from '../../src/security/oauth/create-access-tokens.ts';
import { openToken, sealTokens } from '../../src/security/oauth/tokens.ts';
import { createSealer } from '../../src/security/seal.ts';
import { startTokenServer, type TokenServer } from '../support/oauth/start-token-server.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

const SECRET = 'client-secret-hunter2';
const HOUR_MS = 3_600_000;
const sealer = createSealer(new Map([[1, new Uint8Array(32).fill(7)]]));

let stores: TestStores;
let provider: TokenServer;
beforeAll(async () => {
  [stores, provider] = await Promise.all([openStores(), startTokenServer()]);
});
afterAll(async () => {
  await Promise.all([stores.close(), provider.stop()]);
});
beforeEach(() => provider.reset());

/** An account that signed in; its token is good for so long. */
async function signIn(lifeMs: number, changes: Partial<OAuthSettings> = {}) {
  const id = `a-${randomUUID().slice(0, 8)}`;
  await stores.accounts.add({ ...ACCOUNT, id }, undefined);
  const tokens = createTokenStore(stores.db);
  const first = {
    access: 'access-0-secret',
    refresh: 'refresh-0-secret',
    expiresAt: new Date(Date.now() + lifeMs),
  };
  await tokens.replace(id, sealTokens(sealer, id, first));
  const account = { id, oauth: { ...provider.settings, ...changes } };
  const stored = () =>
    tokens.withLock(id, async (row) => ({
      access: openToken(sealer, id, 'access', row?.access),
      refresh: openToken(sealer, id, 'refresh', row?.refresh),
    }));
  return { account, tokens, stored, get: createAccessTokens({ tokens, sealer })(account, SECRET) };
}

async function failureOf(call: Promise<unknown>): Promise<ServiceError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ServiceError)) throw new Error(`Not a ServiceError: ${inspect(error)}`);
  expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(
    /access-0|refresh-0|hunter2|new-refresh/,
  );
  return error;
}

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

  it('a refused refresh says that sign-in is needed, how, and no token; nothing of it is lost', async () => {
    const { account, get, stored } = await signIn(-1);
    provider.judge(({ refresh }) => ({
      status: 400,
      body: { error: 'invalid_grant', error_description: `Token ${refresh} of ada@example.com was revoked.` },
    }));
    const error = await failureOf(get());
    expect(error).toMatchObject({
      type: 'AuthenticationFailed',
      message: expect.stringMatching(
        /^Sign-in is needed again: 127\.0\.0\.1:\d+ refused: Token \*\*\* of <address> was revoked\. \(invalid_grant\)$/,
      ),
      fix: expect.stringContaining(`account login ${account.id}`),
    });
    expect(isSignInReason(error.message)).toBe(true);
    expect(await stored()).toEqual({ access: 'access-0-secret', refresh: 'refresh-0-secret' });
  });

  it('a wrong client secret is told as one', async () => {
    const { get } = await signIn(-1);
    provider.judge(() => ({ status: 401, body: { error: 'invalid_client' } }));
    expect(await failureOf(get())).toMatchObject({
      type: 'AuthenticationFailed',
      message: expect.stringContaining('refused the app: invalid_client'),
      fix: expect.stringContaining('client secret'),
    });
  });

  it.each([
    [503, { error: 'temporarily_unavailable' }, 'Unavailable'],
    [500, { oops: true }, 'Unavailable'],
    [429, { oops: true }, 'RateLimited'],
    [200, { access_token: 7 }, 'Unavailable'],
    [400, { error: 'slow_down' }, 'RateLimited'],
  ])('%i %o may be tried again, and then goes well', async (status, body, type) => {
    const { get } = await signIn(-1);
    provider.judge((_request, count) => (count === 1 ? { status, body } : undefined));
    expect((await failureOf(get())).type).toBe(type);
    expect(await get()).toBeTruthy();
  });

  it('a provider that cannot be reached is Unavailable', async () => {
    const { get } = await signIn(-1, { tokenUrl: 'http://127.0.0.1:1/token' });
    expect(await failureOf(get())).toMatchObject({
      type: 'Unavailable',
      message: expect.stringContaining('127.0.0.1:1 cannot be asked for a token'),
    });
  });

  it('tokens never travel in the clear to another machine', async () => {
    const { get } = await signIn(-1, { tokenUrl: 'http://login.example.com/token' });
    expect((await failureOf(get())).type).toBe('InvalidInput');
  });

  it('nobody signed in: the owner is told how', async () => {
    const id = 'never-signed-in';
    await stores.accounts.add({ ...ACCOUNT, id }, undefined);
    const tokens = createTokenStore(stores.db);
    const get = createAccessTokens({ tokens, sealer })({ id, oauth: provider.settings }, undefined);
    expect(await failureOf(get())).toMatchObject({
      type: 'AuthenticationFailed',
      message: 'Sign-in is needed again: nobody has signed in to "never-signed-in" yet.',
    });
    expect(await tokens.findUpdatedAt(id)).toBeUndefined();
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

  it('an unknown account has no tokens', async () => {
    const get = createAccessTokens({ tokens: createTokenStore(stores.db), sealer })(
      { id: 'nobody', oauth: provider.settings },
      undefined,
    );
    expect((await failureOf(get())).type).toBe('NotFound');
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
