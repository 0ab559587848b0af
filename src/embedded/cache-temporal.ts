import { chmod, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { readTemporalVersion } from './read-temporal-version.ts';

/**
 * Moves a fresh `temporal` program to its place in the cache, once it was seen to run. The rename is atomic, so copies
 * that install at the same time simply overtake each other.
 * @returns its path there, or the fault.
 */
export async function cacheTemporal(
  fresh: string,
  cacheDir: string,
): Promise<{ readonly executable: string } | { readonly fault: string }> {
  try {
    await chmod(fresh, 0o755);
    const answer = await readTemporalVersion(fresh);
    if ('fault' in answer) return answer;
    const executable = join(cacheDir, 'bin', 'temporal');
    await rename(fresh, executable);
    return { executable };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
