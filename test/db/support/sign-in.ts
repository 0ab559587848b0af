import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import { createTokenStore } from '../../../db/token-store.ts';
import type { OAuthSettings } from '../../../src/domain/account.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { createAccessTokens } from '../../../src/security/oauth/create-access-tokens.ts';
import { openToken, sealTokens } from '../../../src/security/oauth/tokens.ts';
import { createSealer } from '../../../src/security/seal.ts';
import type { TokenServer } from '../../support/oauth/start-token-server.ts';
import { ACCOUNT, type TestStores } from './open-stores.ts';

export const SECRET = 'client-secret-hunter2';
export const sealer = createSealer(new Map([[1, new Uint8Array(32).fill(7)]]));

/** An account that signed in; its token is good for so long. */
export async function signIn(
  { stores, provider }: { readonly stores: TestStores; readonly provider: TokenServer },
  lifeMs: number,
  changes: Partial<OAuthSettings> = {},
) {
  const id = `a-${randomUUID().slice(0, 8)}`;
  await stores.accounts.add({ ...ACCOUNT, id }, undefined);
  const tokens = createTokenStore(stores.db);
  const expiresAt = new Date(Date.now() + lifeMs);
  const first = { access: 'access-0-secret', refresh: 'refresh-0-secret', expiresAt };
  await tokens.replace(id, sealTokens(sealer, id, first));
  const account = { id, oauth: { ...provider.settings, ...changes } };
  const stored = () =>
    tokens.withLock(id, async (row) => ({
      access: openToken(sealer, id, 'access', row?.access),
      refresh: openToken(sealer, id, 'refresh', row?.refresh),
    }));
  return { account, tokens, stored, get: createAccessTokens({ tokens, sealer })(account, SECRET) };
}

/** The failure of a call, and that it shows no secret, however deep one looks. */
export async function failureOf(call: Promise<unknown>): Promise<ServiceError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ServiceError)) throw new Error(`Not a ServiceError: ${inspect(error)}`);
  const shown = inspect(error, { depth: 20, showHidden: true });
  expect(shown).not.toMatch(/access-0|refresh-0|hunter2|new-refresh/);
  return error;
}
