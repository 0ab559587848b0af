import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { inject } from 'vitest';
import { installBuild } from './install-build.ts';
import { withRunLock } from './test-database.ts';

/** Any number: files that need the build at the same time wait for the first. */
const BUILD_LOCK = 7_161_028;

/**
 * The folder of the compiled program with the packages of a production install, built once in a run. A process starts
 * from it with half the work that it takes from the sources. Only in the project `server`.
 */
export async function getInstalled(): Promise<string> {
  const root = inject('installed');
  await withRunLock(BUILD_LOCK, async () => {
    if (existsSync(root)) return;
    const draft = `${root}.draft`;
    await rm(draft, { recursive: true, force: true });
    await installBuild(draft);
    await rename(draft, root);
  });
  return root;
}
