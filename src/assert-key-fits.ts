import type { Database } from '../db/client.ts';
import { findAnySource } from '../db/find-any-source.ts';
import { ServiceError } from './domain/service-error.ts';
import type { Sealer } from './security/seal.ts';

/**
 * Refuses a key that does not open what the database holds: with a new one, old mail stays closed and new mail is
 * sealed with a key that nobody kept. Asked before anything is sealed.
 */
export async function assertKeyFits(db: Database, sealer: Sealer, home: string): Promise<void> {
  const stored = await findAnySource(db);
  if (stored === undefined) return;
  try {
    sealer.open(stored.sealed, `source/bytes/${stored.sha256}`);
  } catch (cause) {
    throw new ServiceError('Conflict', 'The database holds mail that this key does not open', {
      fix: `Put back the secret.key that belongs to it (in ${home}), or set MAILROOM_SECRET_KEYS as before. Without the key that mail is lost.`,
      cause,
    });
  }
}
