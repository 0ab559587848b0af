import type { Database } from './client.ts';
import { source } from './schema/index.ts';
import { toServiceError } from './to-service-error.ts';

/** undefined_table: the database was not migrated yet. */
const NO_TABLE = '42P01';

/** Some stored source, to try a key on; undefined when there is none. */
export async function findAnySource(
  db: Database,
): Promise<{ sha256: string; sealed: Uint8Array } | undefined> {
  try {
    const [row] = await db.select({ sha256: source.sha256, sealed: source.bytes }).from(source).limit(1);
    return row;
  } catch (error) {
    const failure = toServiceError(error);
    if ('details' in failure && (failure.details as { code?: string }).code === NO_TABLE) return undefined;
    throw failure;
  }
}
