import type { Account, OAuthSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { SIGN_IN_NEEDED } from '../../domain/sign-in-needed.ts';
import { createOAuthClient } from './create-oauth-client.ts';
import { toOAuthError, toSignInFix } from './to-oauth-error.ts';
import type { Tokens } from './tokens.ts';

/** When a provider does not say how long a token is good. */
const USUAL_LIFE_S = 300;
const LONGEST_LIFE_S = 86_400;

/** What a token endpoint answers (RFC 6749 5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token?: string | undefined;
  readonly expires_in?: number | undefined;
}

/** `kept`: the refresh token stays in force when the answer brings no other. */
export function toTokens(answer: TokenAnswer, kept: string | undefined, now: Date): Tokens {
  const life = Math.min(Math.max(answer.expires_in ?? USUAL_LIFE_S, 0), LONGEST_LIFE_S);
  return {
    access: answer.access_token,
    refresh: answer.refresh_token ?? kept,
    expiresAt: new Date(now.getTime() + life * 1_000),
  };
}

/**
 * New tokens for an account: by its refresh token, or for the application itself. Throws AuthenticationFailed when
 * only a person can help, Unavailable and RateLimited when it may be tried again.
 */
export async function requestTokens(
  account: Pick<Account, 'id'> & { readonly oauth: OAuthSettings },
  clientSecret: string | undefined,
  refresh: string | undefined,
): Promise<Tokens> {
  const { id, oauth } = account;
  const { openid, configuration, host } = await createOAuthClient(oauth, clientSecret);
  try {
    if (oauth.grant === 'client') {
      const answer = await openid.clientCredentialsGrant(configuration, { scope: oauth.scopes.join(' ') });
      return toTokens(answer, undefined, new Date());
    }
    if (refresh === undefined) {
      throw new ServiceError(
        'AuthenticationFailed',
        `${SIGN_IN_NEEDED}: nobody has signed in to "${id}" yet.`,
        {
          fix: toSignInFix(id),
        },
      );
    }
    return toTokens(await openid.refreshTokenGrant(configuration, refresh), refresh, new Date());
  } catch (error) {
    throw toOAuthError(error, { accountId: id, host, secrets: [refresh, clientSecret] });
  }
}
