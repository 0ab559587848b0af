import type { Account, OAuthSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Sealer } from '../seal.ts';
import { createTurns } from './create-turns.ts';
import { requestTokens } from './request-tokens.ts';
import { openToken, type SealedTokens, sealTokens, type TokenStore, type Tokens } from './tokens.ts';

export interface AccessTokenParts {
  readonly tokens: TokenStore;
  readonly sealer: Sealer;
}

/** An account that has tokens. */
export type TokenAccount = Pick<Account, 'id'> & { readonly oauth: OAuthSettings };

export type AccessTokens = ReturnType<typeof createAccessTokens>;

interface GoodToken {
  readonly access: string;
  readonly expiresAt: number;
  /** When the row was read: another process may have signed in anew since. */
  readonly readAt: number;
}

type Outcome = { readonly good: GoodToken } | { readonly failure: ServiceError };

/** A token is handed out while it is good for this long. */
const LEAST_LIFE_MS = 60_000;
const REREAD_MS = 15_000;
/** Each holds a connection to the database while its provider answers. */
const AT_ONCE = 3;

/**
 * The one place where tokens are refreshed: one at a time for an account, within this process by a shared promise,
 * across processes by the lock of the row. A rotated refresh token is stored before its access token is used.
 */
export function createAccessTokens({ tokens, sealer }: AccessTokenParts) {
  const flights = new Map<string, Promise<GoodToken>>();
  const inTurn = createTurns(AT_ONCE);
  /** Granted and not stored, as the database failed; what was spent for them may be good for nothing more (RFC 9700 4.14.2). */
  const unsaved = new Map<string, { readonly spent: string | undefined; readonly granted: Tokens }>();

  /** Under the lock: whoever comes second finds the new token of the first. */
  async function renew(
    account: TokenAccount,
    clientSecret: string | undefined,
    refused: string | undefined,
  ): Promise<GoodToken> {
    const outcome = await tokens.withLock(account.id, async (stored, save): Promise<Outcome> => {
      try {
        const found = findGood(account.id, stored, refused);
        if (found !== undefined) return { good: found };
        const refresh = openToken(sealer, account.id, 'refresh', stored?.refresh);
        const kept = unsaved.get(account.id);
        const granted = kept?.spent === refresh ? kept?.granted : undefined;
        const fresh =
          granted !== undefined && granted.access !== refused && isGood(granted.expiresAt.getTime())
            ? granted
            : await requestTokens(account, clientSecret, granted?.refresh ?? refresh);
        if (fresh.refresh !== refresh) unsaved.set(account.id, { spent: refresh, granted: fresh });
        await save(sealTokens(sealer, account.id, fresh));
        return { good: toGood(fresh.access, fresh.expiresAt) };
      } catch (error) {
        if (error instanceof ServiceError) return { failure: error };
        throw error;
      }
    });
    if ('failure' in outcome) throw outcome.failure;
    unsaved.delete(account.id);
    return outcome.good;
  }

  function findGood(id: string, stored: SealedTokens | undefined, refused: string | undefined) {
    const { access: sealed, expiresAt } = stored ?? {};
    if (expiresAt === undefined || !isGood(expiresAt.getTime())) return undefined;
    const access = openToken(sealer, id, 'access', sealed);
    return access === undefined || access === refused ? undefined : toGood(access, expiresAt);
  }

  /** One flight for an account at a time; a flight that began before a refusal may bring the same token again. */
  async function fly(account: TokenAccount, clientSecret: string | undefined, refused: string | undefined) {
    const { id } = account;
    for (let flight = flights.get(id); flight !== undefined; flight = flights.get(id)) {
      const good = await flight;
      if (good.access !== refused) return good;
      if (flights.get(id) === flight) flights.delete(id);
    }
    const flight = inTurn(() => renew(account, clientSecret, refused)).finally(() => {
      if (flights.get(id) === flight) flights.delete(id);
    });
    flights.set(id, flight);
    return flight;
  }

  return (account: TokenAccount, clientSecret: string | undefined) => {
    // Of one mailbox that was opened: another one may by then have taken its place under the same account.
    let known: GoodToken | undefined;
    return async (refused?: string): Promise<string> => {
      const isRecent = known !== undefined && Date.now() - known.readAt < REREAD_MS;
      if (known && isRecent && isGood(known.expiresAt) && known.access !== refused) return known.access;
      known = await fly(account, clientSecret, refused);
      return known.access;
    };
  };
}

function isGood(expiresAt: number): boolean {
  return expiresAt - Date.now() >= LEAST_LIFE_MS;
}

function toGood(access: string, expiresAt: Date): GoodToken {
  return { access, expiresAt: expiresAt.getTime(), readAt: Date.now() };
}
