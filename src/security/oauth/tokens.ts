import type { Sealer } from '../seal.ts';

/** Tokens as a row holds them. */
export interface SealedTokens {
  /** undefined: the grant gives none. */
  readonly refresh: Uint8Array | undefined;
  readonly access: Uint8Array | undefined;
  readonly expiresAt: Date | undefined;
}

/** Where tokens lie; a row for each account. */
export interface TokenStore {
  /**
   * Runs `work` while nobody else may change the tokens of this account, in any process; what it saved is there
   * for others once it resolves. `work` does not throw.
   */
  withLock<T>(
    accountId: string,
    work: (stored: SealedTokens | undefined, save: (tokens: SealedTokens) => Promise<void>) => Promise<T>,
  ): Promise<T>;
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
  readonly expiresAt: Date;
}

const toAad = (column: 'access' | 'refresh', accountId: string) => `account_token/${column}/${accountId}`;

export function sealTokens(sealer: Sealer, accountId: string, tokens: Tokens): SealedTokens {
  const seal = (text: string, column: 'access' | 'refresh') =>
    sealer.seal(Buffer.from(text), toAad(column, accountId));
  return {
    access: seal(tokens.access, 'access'),
    refresh: tokens.refresh === undefined ? undefined : seal(tokens.refresh, 'refresh'),
    expiresAt: tokens.expiresAt,
  };
}

export function openToken(
  sealer: Sealer,
  accountId: string,
  column: 'access' | 'refresh',
  sealed: Uint8Array | undefined,
): string | undefined {
  if (sealed === undefined) return undefined;
  return Buffer.from(sealer.open(sealed, toAad(column, accountId))).toString('utf8');
}
