import { createDatabaseClient } from '../../../db/client.ts';
import { createTokenStore } from '../../../db/token-store.ts';
import { createAccessTokens, type TokenAccount } from '../../../src/security/oauth/create-access-tokens.ts';
import { createSealer } from '../../../src/security/seal.ts';

/** A process that wants one token. Its arguments: the database, the account as JSON, the byte that its key repeats. */
const [url = '', account = '', byte = ''] = process.argv.slice(2);
const client = createDatabaseClient(url, { connections: 1 });
const sealer = createSealer(new Map([[1, new Uint8Array(32).fill(Number(byte))]]));
const tokens = createTokenStore(client.db);
console.log(await createAccessTokens({ tokens, sealer })(JSON.parse(account) as TokenAccount, undefined)());
await client.close();
