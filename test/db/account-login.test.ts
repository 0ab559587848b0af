import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../../src/cli/sign-in.ts';
import { createCredentials } from '../../src/create-credentials.ts';
import type { OAuthSettings } from '../../src/domain/account.ts';
import { openSignIns } from '../../src/open-sign-ins.ts';
import { startDeviceProvider } from '../support/oauth/start-device-provider.ts';
import { startTokenServer, type TokenServer } from '../support/oauth/start-token-server.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';
import { failureOf, SECRET, sealer } from './support/sign-in.ts';

let stores: TestStores;
let provider: TokenServer;
beforeAll(async () => {
  [stores, provider] = await Promise.all([openStores(), startTokenServer()]);
});
afterAll(async () => {
  await Promise.all([stores.close(), provider.stop()]);
});

const http = { port: 3000, publicUrl: undefined };
const toContext = () => ({
  stores: stores as never,
  sealer,
  openCredentials: createCredentials({ stores, sealer }),
  config: { http },
});

async function add(id: string, oauth: OAuthSettings | undefined): Promise<void> {
  const sealed = sealer.seal(Buffer.from(SECRET), `account/secret/${id}`);
  await stores.accounts.add({ ...ACCOUNT, id, oauth }, sealed);
}

async function getToken(id: string): Promise<string> {
  const credentials = await createCredentials({ stores, sealer })(await stores.accounts.get(id));
  if (credentials.kind !== 'token') throw new Error('no token');
  return credentials.getAccessToken();
}

describe('account login', () => {
  it('shows a code and where to enter it, and stores the tokens', async () => {
    const { found } = await startDeviceProvider();
    await add('device', found.account.oauth);
    const told: string[] = [];
    await signIn(toContext(), 'device', (line) => told.push(line));
    expect(told).toEqual(['Open https://example.com/device and enter ABCD-EFGH within 10 minutes.']);
    expect(await getToken('device')).toBe('new-access');
  });

  it('shows an address where there are no codes, and sees that the server was come back to', async () => {
    await add('browser', provider.settings);
    const signIns = openSignIns({ stores: stores as never, sealer, http });
    let finished: Promise<unknown> | undefined;
    await signIn(toContext(), 'browser', (line) => {
      const url = /^http:\S+$/m.exec(line)?.[0] ?? '';
      finished = fetch(url, { redirect: 'manual' }).then((answer) =>
        signIns.finish(new URL(answer.headers.get('location') ?? '').searchParams),
      );
    });
    expect(await finished).toEqual({ accountId: 'browser', note: undefined });
    expect(await getToken('browser')).toBeTruthy();
  });

  it('only tries an app that reads by itself, and sends who has a password to the password', async () => {
    await add('app', { ...provider.settings, grant: 'client' });
    const told: string[] = [];
    await signIn(toContext(), 'app', (line) => told.push(line));
    expect(told).toEqual([]);
    expect(provider.requests.at(-1)).toMatchObject({ grant: 'client_credentials', secret: SECRET });
    await add('password', undefined);
    expect(await failureOf(signIn(toContext(), 'password', () => undefined))).toMatchObject({
      type: 'InvalidInput',
      fix: expect.stringContaining('account password password'),
    });
  });
});
