import type { ApiDependencies } from '../dependencies.ts';

/** As the account's row keeps it. */
export function sealSecret(
  sealer: ApiDependencies['sealer'],
  accountId: string,
  secret: string | undefined,
): Uint8Array | undefined {
  return secret === undefined ? undefined : sealer.seal(Buffer.from(secret), `account/secret/${accountId}`);
}
