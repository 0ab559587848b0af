import type { Config } from './config.ts';
import { ServiceError } from './domain/service-error.ts';
import type { Context } from './open-context.ts';
import { createSignIns, type SignInAccount } from './security/oauth/create-sign-ins.ts';

/** An account that somebody signs in to. Throws NotFound, and InvalidInput for one that has a password. */
export async function getSignInAccount(
  { stores, sealer }: Pick<Context, 'stores' | 'sealer'>,
  id: string,
): Promise<SignInAccount> {
  const { oauth, address, imap, graph } = await stores.accounts.get(id);
  if (oauth === undefined) {
    throw new ServiceError('InvalidInput', `Nobody signs in to the account "${id}": it has a password.`, {
      fix: `Replace the password: \`npm run mailroom -- account password ${id}\`.`,
    });
  }
  const sealed = await stores.accounts.findSecret(id);
  const clientSecret = sealed && Buffer.from(sealer.open(sealed, `account/secret/${id}`)).toString('utf8');
  return { account: { id, address, oauth, imap, graph }, clientSecret };
}

/** Binds sign-ins in a browser to what is stored. */
export function openSignIns(
  context: Pick<Context, 'stores' | 'sealer'> & { readonly http: Pick<Config['http'], 'publicUrl' | 'port'> },
) {
  const { publicUrl, port } = context.http;
  return createSignIns({
    sealer: context.sealer,
    flows: context.stores.oauthFlows,
    tokens: context.stores.tokens,
    getAccount: (id) => getSignInAccount(context, id),
    baseUrl: publicUrl ?? `http://127.0.0.1:${port}`,
  });
}
