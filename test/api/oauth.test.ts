import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SIGN_IN_NEEDED } from '../../src/domain/sign-in-needed.ts';
import { openToken } from '../../src/security/oauth/tokens.ts';
import { startTokenServer, type TokenServer } from '../support/oauth/start-token-server.ts';
import { openTestApi, type TestApi } from './support/open-test-api.ts';

const PUBLIC = 'https://mail.example.com';
const SECRET = 'client-secret-hunter2';

let api: TestApi;
let provider: TokenServer;
beforeAll(async () => {
  [api, provider] = await Promise.all([openTestApi({ config: { publicUrl: PUBLIC } }), startTokenServer()]);
});
afterAll(async () => {
  await Promise.all([api.close(), provider.stop()]);
});
beforeEach(() => provider.reset());

async function addAccount(changes: object = {}): Promise<string> {
  const id = `o-${randomUUID().slice(0, 8)}`;
  await api.stores.accounts.add(
    {
      id,
      kind: 'gmail',
      name: 'Help',
      address: 'help@example.com',
      mode: 'auto',
      state: 'active',
      stateReason: undefined,
      pullEverySeconds: 60,
      imap: undefined,
      oauth: provider.settings,
      ...changes,
    },
    api.sealer.seal(Buffer.from(SECRET), `account/secret/${id}`),
  );
  return id;
}

async function start(id: string): Promise<URL> {
  const response = await api.app.inject({ method: 'POST', url: `/api/accounts/${id}/oauth/start` });
  expect(response.statusCode).toBe(200);
  return new URL(response.json<{ authorizationUrl: string }>().authorizationUrl);
}

/** What the browser is sent back with. */
async function consent(authorizationUrl: URL): Promise<URL> {
  const response = await fetch(authorizationUrl, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '');
}

const comeBack = (search: string) =>
  api.app.inject({ url: `/oauth/callback${search}`, headers: { host: 'mail.example.com' } });

async function storedTokens(id: string) {
  return api.stores.tokens.withLock(id, async (row) => ({
    access: openToken(api.sealer, id, 'access', row?.access),
    refresh: openToken(api.sealer, id, 'refresh', row?.refresh),
  }));
}

describe('a sign-in in a browser', () => {
  test('asks with PKCE and a state of its own, and stores the tokens sealed', async () => {
    const id = await addAccount();
    const url = await start(id);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'mailroom',
      redirect_uri: `${PUBLIC}/oauth/callback`,
      response_type: 'code',
      scope: 'mail.read',
      code_challenge_method: 'S256',
      login_hint: 'help@example.com',
    });
    const [flow] = await api.sql`select * from oauth_flow where account_id = ${id}`;
    const state = url.searchParams.get('state') ?? '';
    expect(flow?.state_hash).toBe(createHash('sha256').update(state).digest('hex'));

    const page = await comeBack((await consent(url)).search);
    expect(page.statusCode).toBe(200);
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(page.body).toContain(`The account &quot;${id}&quot; is signed in.`);
    expect(provider.requests).toMatchObject([{ grant: 'authorization_code', secret: SECRET }]);
    const tokens = await storedTokens(id);
    expect(tokens.access).toBeTruthy();
    expect(tokens.refresh).toBeTruthy();
    const [row] = await api.sql`select access from account_token where account_id = ${id}`;
    expect(Buffer.from(row?.access).includes(Buffer.from(tokens.access ?? ''))).toBe(false);
    for (const secret of [tokens.access, tokens.refresh, SECRET, state]) {
      expect(`${page.body}${api.logged.join('')}`).not.toContain(secret);
    }
  });

  test('takes each state once', async () => {
    const id = await addAccount();
    const back = await consent(await start(id));
    expect((await comeBack(back.search)).statusCode).toBe(200);
    const before = await storedTokens(id);
    provider.reset();
    const again = await comeBack(back.search);
    expect(again.statusCode).toBe(400);
    expect(again.body).toContain('was used already');
    expect(provider.requests).toEqual([]);
    expect(await storedTokens(id)).toEqual(before);
  });

  test('refuses a state that was made up, is missing, doubled or too old, and asks nobody', async () => {
    const id = await addAccount();
    const url = await start(id);
    const { searchParams } = await consent(url);
    const [code, state] = [searchParams.get('code'), searchParams.get('state')];
    const forged = 'x'.repeat(43);
    for (const search of [
      '',
      `?code=${code}`,
      `?code=${code}&state=${forged}`,
      `?code=${code}&state=${forged}&state=${state}`,
      `?code=${code}&state=`,
      `?code=${code}&state=${'%00'.repeat(40)}`,
    ]) {
      expect((await comeBack(search)).statusCode).toBe(400);
    }
    await api.sql`update oauth_flow set expires_at = now() - interval '1 second' where account_id = ${id}`;
    expect((await comeBack(`?code=${code}&state=${state}`)).statusCode).toBe(400);
    expect(provider.requests).toEqual([]);
    expect(await api.stores.tokens.findUpdatedAt(id)).toBeUndefined();
  });

  test('a code of another sign-in does not fit the verifier', async () => {
    const [mine, theirs] = [await start(await addAccount()), await start(await addAccount())];
    const stolen = (await consent(theirs)).searchParams.get('code');
    const page = await comeBack(`?code=${stolen}&state=${mine.searchParams.get('state')}`);
    expect(page.statusCode).not.toBe(200);
    expect(page.body).toContain('Not signed in');
  });

  test('shows what the provider says as text, never as markup, and ends the flow', async () => {
    const state = (await start(await addAccount())).searchParams.get('state');
    const words = encodeURIComponent('<script>alert(1)</script> "no"');
    const search = `?error=access_denied&error_description=${words}&state=${state}`;
    const page = await comeBack(search);
    expect(page.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page.body).not.toContain('<script');
    expect(page.body).toContain('access_denied');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await comeBack(search)).body).toContain('was used already');
  });

  test('resumes an account that was paused for it, and no other', async () => {
    const paused = { state: 'paused' } as const;
    const waiting = await addAccount({ ...paused, stateReason: `${SIGN_IN_NEEDED}: revoked` });
    const rested = await addAccount({ ...paused, stateReason: 'paused by hand' });
    const page = await comeBack((await consent(await start(waiting))).search);
    expect(page.body).toContain('It is read again.');
    await comeBack((await consent(await start(rested))).search);
    expect((await api.stores.accounts.get(waiting)).state).toBe('active');
    expect((await api.stores.accounts.get(rested)).state).toBe('paused');
  });

  test('a grant without a refresh token is not kept', async () => {
    const id = await addAccount();
    const back = await consent(await start(id));
    provider.judge(() => ({ grant: { refresh_token: undefined } }));
    const page = await comeBack(back.search);
    expect(page.body).toContain('gave no refresh token');
    expect(await api.stores.tokens.findUpdatedAt(id)).toBeUndefined();
  });

  test('Google is asked for offline use, and a right that was left out is told', async () => {
    const scopes = ['https://www.googleapis.com/auth/gmail.modify'];
    const id = await addAccount({ oauth: { ...provider.settings, provider: 'google', scopes } });
    const url = await start(id);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ access_type: 'offline', prompt: 'consent' });
    const back = await consent(url);
    provider.judge(() => ({ grant: { scope: 'https://www.googleapis.com/auth/userinfo.email' } }));
    const page = await comeBack(back.search);
    expect(page.statusCode).toBe(403);
    expect(page.body).toContain('gmail.modify');
    const mixed = await consent(await start(id));
    mixed.searchParams.set('iss', 'https://evil.example.com');
    expect((await comeBack(mixed.search)).body).toContain('Not signed in');
  });

  test('a mailbox of somebody else is not bound at Google, and told of where one may read for another', async () => {
    const idToken = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
    const signInAs = async (kind: 'google' | 'microsoft', id_token: string, changes: object = {}) => {
      const id = await addAccount({
        ...changes,
        oauth: { ...provider.settings, provider: kind, scopes: ['openid', 'email'] },
      });
      const back = await consent(await start(id));
      const scope = 'openid https://www.googleapis.com/auth/userinfo.email';
      provider.judge(() => ({ grant: { id_token, scope } }));
      const page = await comeBack(back.search);
      return { page, at: await api.stores.tokens.findUpdatedAt(id) };
    };
    const other = await signInAs('google', idToken({ email: 'ada@example.com' }));
    expect(other.page.statusCode).toBe(403);
    expect(other.page.body).toContain('Signed in as ada@example.com');
    expect(other.page.body).toContain('Choose help@example.com there');
    expect(other.at).toBeUndefined();
    const shared = await signInAs('microsoft', idToken({ preferred_username: 'ada@example.com' }));
    expect(shared.page.body).toContain('Its mailbox is read if ada@example.com may read it.');
    expect(shared.at).toBeDefined();
    const graph = { mailbox: 'me', folders: ['inbox'], baseUrl: 'https://graph.microsoft.com' };
    const own = await signInAs('microsoft', idToken({ email: 'ada@example.com' }), { kind: 'graph', graph });
    expect(own.page.body).toContain('The mailbox of ada@example.com is read.');
    for (const token of [idToken({ email: 'Help@Example.com' }), 'no token', idToken({ email: '<b>@x' })]) {
      const same = await signInAs('google', token);
      expect(same.page.statusCode).toBe(200);
      expect(same.page.body).not.toContain('Signed in as');
      expect(same.at).toBeDefined();
    }
  });

  test('the public host reaches the callback and nothing else; an account with a password has no sign-in', async () => {
    const headers = { host: 'mail.example.com' };
    expect((await api.app.inject({ url: '/api/accounts', headers })).statusCode).toBe(403);
    expect((await comeBack('?state=x')).statusCode).toBe(400);
    const other = { ...headers, host: 'evil.example.com' };
    expect((await api.app.inject({ url: '/oauth/callback', headers: other })).statusCode).toBe(403);
    const id = await addAccount({ kind: 'imap', oauth: undefined });
    const response = await api.app.inject({ method: 'POST', url: `/api/accounts/${id}/oauth/start` });
    expect(response.json()).toMatchObject({ status: 400, fix: expect.stringContaining('account password') });
  });
});
