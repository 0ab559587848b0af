import { setInterval } from 'node:timers/promises';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { getSignInAccount, openSignIns } from '../open-sign-ins.ts';
import { signInByDevice } from '../security/oauth/sign-in-by-device.ts';
import { sealTokens } from '../security/oauth/tokens.ts';

export interface SignInContext extends Pick<Context, 'stores' | 'sealer' | 'openCredentials'> {
  readonly config: { readonly http: Pick<Context['config']['http'], 'publicUrl' | 'port'> };
}

const LOOK_MS = 1_000;

/** Signs a person in to an account, by a code or in a browser; `tell` is given what they have to do. */
export async function signIn(
  context: SignInContext,
  id: string,
  tell: (line: string) => void,
): Promise<void> {
  const found = await getSignInAccount(context, id);
  const { oauth } = found.account;
  if (oauth.grant === 'client') {
    const credentials = await context.openCredentials(await context.stores.accounts.get(id));
    // Nobody signs in: that the app gets a token is all there is to try.
    if (credentials.kind === 'token') await credentials.getAccessToken();
    return;
  }
  // Google lets no device ask for the rights to mail.
  if (oauth.deviceUrl === undefined || oauth.provider === 'google') return signInByBrowser(context, id, tell);
  const { tokens, note } = await signInByDevice(found, ({ url, code, minutes }) =>
    tell(`Open ${url} and enter ${code} within ${minutes} minutes.`),
  );
  await context.stores.tokens.replace(id, sealTokens(context.sealer, id, tokens));
  if (note !== undefined) tell(note);
}

/** The browser comes back to the server, which stores the tokens; here we see them come. */
async function signInByBrowser(
  context: SignInContext,
  id: string,
  tell: (line: string) => void,
): Promise<void> {
  const { tokens } = context.stores;
  const before = await tokens.findUpdatedAt(id);
  const { authorizationUrl, redirectUri, expiresAt } = await openSignIns({
    ...context,
    http: context.config.http,
  }).start(id);
  tell(`Open this address in a browser that reaches ${redirectUri}:\n${authorizationUrl}`);
  for await (const _tick of setInterval(LOOK_MS)) {
    const now = await tokens.findUpdatedAt(id);
    if (now !== undefined && now.getTime() !== before?.getTime()) return;
    if (Date.now() > expiresAt.getTime()) break;
  }
  throw new ServiceError('Unavailable', `Nobody signed in to "${id}" within ten minutes.`, {
    fix: `Check that the server runs and that ${redirectUri} is registered with the provider; then try again.`,
  });
}
