import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readTemporalVersion } from './read-temporal-version.ts';
import type { TemporalSource } from './temporal-source.ts';

/** The program that an earlier start installed; a broken one is removed so that the next source replaces it. */
export const findCachedTemporal: TemporalSource = async ({ cacheDir }) => {
  const executable = join(cacheDir, 'bin', 'temporal');
  const isThere = await access(executable).then(
    () => true,
    () => false,
  );
  if (!isThere) return { miss: `No cached temporal program in ${cacheDir}` };
  const answer = await readTemporalVersion(executable);
  if (!('fault' in answer)) return { executable };
  await rm(executable, { force: true });
  return { miss: `Removed the cached ${executable}: ${answer.fault}` };
};
