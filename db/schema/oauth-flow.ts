import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { account } from './account.ts';
import { bytea, instant } from './columns.ts';

/** A sign-in that has begun and not ended. Each is used once. */
export const oauthFlow = pgTable(
  'oauth_flow',
  {
    /** SHA-256 of the state parameter, hex. */
    stateHash: text('state_hash').primaryKey(),
    accountId: text('account_id')
      .notNull()
      .references(() => account.id),
    /** PKCE code verifier, sealed, AAD `oauth_flow/verifier/<stateHash>`. */
    verifier: bytea('verifier').notNull(),
    redirectUri: text('redirect_uri').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('oauth_flow_expires').on(t.expiresAt)],
);
