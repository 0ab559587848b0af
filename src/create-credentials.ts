import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Stores } from './create-stores.ts';
import type { Account } from './domain/account.ts';
import { ServiceError } from './domain/service-error.ts';
import type { Credentials } from './mail/credentials.ts';
import { createAccessTokens } from './security/oauth/create-access-tokens.ts';
import { requestTokens } from './security/oauth/request-tokens.ts';
import type { Sealer } from './security/seal.ts';

export interface CredentialParts {
  readonly stores: {
    readonly accounts: Pick<Stores['accounts'], 'find' | 'findSecret'>;
    readonly tokens: Stores['tokens'];
  };
  readonly sealer: Sealer;
}

/** Somebody gives it who has not stored it yet: the password, or the secret of the OAuth client. */
export interface GivenSecret {
  readonly secret: string | undefined;
}

export type OpenCredentials = (account: Account, given?: GivenSecret) => Promise<Credentials>;

/**
 * How an account logs in: its sealed password, or tokens that are refreshed when they are asked for. One for a
 * process, so that all its mailboxes share refreshes. Throws AuthenticationFailed when the account has neither.
 */
export function createCredentials({ stores, sealer }: CredentialParts): OpenCredentials {
  const accessTokens = createAccessTokens({ tokens: stores.tokens, sealer });

  async function openSecret(id: string): Promise<string | undefined> {
    const sealed = await stores.accounts.findSecret(id);
    return sealed && Buffer.from(sealer.open(sealed, `account/secret/${id}`)).toString('utf8');
  }

  /** Tokens are shown to nobody but those whom the stored account shows them to: its server and its provider. */
  async function isStored(account: Account, { secret }: GivenSecret): Promise<boolean> {
    const stored = await stores.accounts.find(account.id);
    if (stored === undefined || !isDeepStrictEqual(toReaders(stored), toReaders(account))) return false;
    if (secret !== undefined && secret !== (await openSecret(account.id))) return false;
    return (await stores.tokens.findUpdatedAt(account.id)) !== undefined;
  }

  return async (account, given) => {
    const { id, kind, oauth } = account;
    if (kind === 'files') return { kind: 'password', password: '' };
    const secret = given === undefined ? await openSecret(id) : given.secret;
    if (oauth?.grant === 'client' && given !== undefined) {
      // What is not stored yet may not touch the tokens that are.
      const request = async () => (await requestTokens({ id, oauth }, secret, undefined)).access;
      return { kind: 'token', getAccessToken: request };
    }
    if (oauth !== undefined) {
      if (given !== undefined && !(await isStored(account, given))) throw notSignedIn(id);
      const used = secret ?? (await openSecret(id));
      const getAccessToken = accessTokens({ id, oauth }, used);
      return { kind: 'token', getAccessToken, identity: toIdentity(oauth, used) };
    }
    if (secret !== undefined) return { kind: 'password', password: secret };
    throw new ServiceError('AuthenticationFailed', `Account "${id}" has no password`, {
      fix: `npm run mailroom -- account password ${id} --password-file FILE`,
    });
  };
}

/** Another app, or another secret of it, must not go on with a connection that was signed in before. */
function toIdentity(oauth: Account['oauth'], secret: string | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([oauth, secret]))
    .digest('hex');
}

/** Who gets to see the tokens of an account. */
function toReaders({ kind, imap, graph, gmail, oauth }: Account): unknown {
  const { host, port, security, allowSelfSigned } = imap ?? {};
  const server = { host, port, security, allowSelfSigned, graph: graph?.baseUrl, gmail: gmail?.baseUrl };
  // A row holds no key that is undefined.
  return JSON.parse(JSON.stringify({ kind, oauth, server }));
}

function notSignedIn(id: string): ServiceError {
  return new ServiceError('AuthenticationFailed', 'Nobody has signed in to this mailbox yet', {
    fix: `Add the account, then: npm run mailroom -- account login ${id}`,
  });
}
