import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTokenStore } from '../../db/token-store.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { isSignInReason } from '../../src/domain/sign-in-needed.ts';
import { createAccessTokens } from '../../src/security/oauth/create-access-tokens.ts';
import { startTokenServer, type TokenServer } from '../support/oauth/start-token-server.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';
import { failureOf, SECRET, sealer, signIn as signInTo } from './support/sign-in.ts';

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

describe('access tokens that cannot be had', () => {
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

  it('that secret is told of as well by a provider that challenges the client (RFC 6749 5.2)', async () => {
    const { get } = await signIn(-1);
    const headers = { 'www-authenticate': 'Basic realm="oauth"' };
    provider.judge(() => ({ status: 401, body: { error: 'invalid_client' }, headers }));
    expect(await failureOf(get())).toMatchObject({
      type: 'AuthenticationFailed',
      message: expect.stringContaining('refused the app: invalid_client'),
    });
  });

  // learn.microsoft.com/entra/msal/dotnet/advanced/client-and-server-throttling
  it('is asked to slow down, in whatever words, and waits for as long as it is told', async () => {
    const { get } = await signIn(-1);
    const headers = { 'retry-after': '60' };
    provider.judge(() => ({ status: 429, body: { error: 'invalid_request' }, headers }));
    expect(await failureOf(get())).toMatchObject({ type: 'RateLimited', retryAfterMs: 60_000 });
    provider.judge(() => ({ status: 429, body: {}, headers }));
    expect(await failureOf(get())).toMatchObject({ type: 'RateLimited', retryAfterMs: 60_000 });
    provider.judge(() => undefined);
    expect(await get()).toBeTruthy();
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

  // RFC 9700 4.14.2: a refresh token that is used a second time ends the grant.
  it.each([
    ['is used', 3_600, 1],
    ['is renewed by its own successor', 61, 2],
  ])('a grant that the database failed to take is not lost: it %s', async (_, lifeS, requests) => {
    const { account, tokens, stored } = await signIn(-1);
    const spent = new Set<string>();
    provider.judge(({ refresh = '' }, count) => {
      if (spent.has(refresh)) return { status: 400, body: { error: 'invalid_grant' } };
      spent.add(refresh);
      return { grant: { refresh_token: `new-refresh-${count}`, expires_in: lifeS } };
    });
    let isDown = true;
    const failing: Pick<typeof tokens, 'withLock'> = {
      withLock: (id, work) =>
        tokens.withLock(id, async (row, save) => {
          const result = await work(row, save);
          if (isDown) throw new ServiceError('Unavailable', 'The database does not answer');
          return result;
        }),
    };
    const get = createAccessTokens({ tokens: failing, sealer })(account, SECRET);
    expect((await failureOf(get())).type).toBe('Unavailable');
    expect(await stored()).toEqual({ access: 'access-0-secret', refresh: 'refresh-0-secret' });
    isDown = false;
    vi.setSystemTime(Date.now() + 10_000);
    onTestFinished(() => void vi.useRealTimers());
    const access = await get();
    expect(await stored()).toEqual({ access, refresh: `new-refresh-${requests}` });
    expect(provider.requests.length).toBe(requests);
  });

  it('an unknown account has no tokens', async () => {
    const get = createAccessTokens({ tokens: createTokenStore(stores.db), sealer })(
      { id: 'nobody', oauth: provider.settings },
      undefined,
    );
    expect((await failureOf(get())).type).toBe('NotFound');
  });
});
