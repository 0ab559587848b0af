import { access, rename } from 'node:fs/promises';

/**
 * start-dev creates its schema only when the file is new, so a first start that was killed half-way leaves a file that
 * never works. `marker` is written once the server answered: a database without it holds nothing anybody was promised.
 * @returns where the database went, if it was set aside.
 */
export async function setUnfinishedAside(dataFile: string, marker: string): Promise<string | undefined> {
  if ((await exists(marker)) || !(await exists(dataFile))) return undefined;
  const aside = `${dataFile}.unfinished-${Date.now()}`;
  for (const suffix of ['-wal', '-shm', '-journal', '']) {
    if (await exists(dataFile + suffix)) await rename(dataFile + suffix, aside + suffix);
  }
  return aside;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
