import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/package-root.ts';

export interface PlantedChange {
  /** Below workflows/. */
  readonly file: string;
  readonly replace: string;
  readonly by: string;
}

/** Copies the code of the workflows out of the working tree and edits the copy. Answers the folder, for `codeRoot`. */
export async function plantChange({ file, replace, by }: PlantedChange): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'mailroom-changed-'));
  for (const folder of ['workflows', 'src/contract', 'src/domain']) {
    await cp(join(PACKAGE_ROOT, folder), join(root, folder), { recursive: true });
  }
  await symlink(join(PACKAGE_ROOT, 'node_modules'), join(root, 'node_modules'));
  const path = join(root, 'workflows', file);
  const before = await readFile(path, 'utf8');
  if (before.split(replace).length !== 2) throw new Error(`${file} does not hold this once: ${replace}`);
  await writeFile(path, before.replace(replace, by));
  return root;
}
