import { eq, lt, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { oauthFlow } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

/** A sign-in that has begun. */
export interface OAuthFlow {
  /** SHA-256 of the state, hex. */
  readonly stateHash: string;
  readonly accountId: string;
  /** Sealed by the caller. */
  readonly verifier: Uint8Array;
  readonly redirectUri: string;
  readonly expiresAt: Date;
}

export type OAuthFlowStore = ReturnType<typeof createOAuthFlowStore>;

/** Sign-ins that have begun; each is taken once. */
export function createOAuthFlowStore(db: Database) {
  return translateFailures({
    /** Also forgets those that nobody ended. */
    async add(flow: OAuthFlow): Promise<void> {
      await db.delete(oauthFlow).where(lt(oauthFlow.expiresAt, sql`now()`));
      await db.insert(oauthFlow).values(flow);
    },

    /** Takes it away; undefined: it is unknown, taken or too old. */
    async take(stateHash: string): Promise<OAuthFlow | undefined> {
      const [row] = await db.delete(oauthFlow).where(eq(oauthFlow.stateHash, stateHash)).returning();
      return row !== undefined && row.expiresAt.getTime() > Date.now() ? row : undefined;
    },
  });
}
