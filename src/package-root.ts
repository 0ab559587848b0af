import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json: above `src` in a checkout, above `dist/src` in a build. */
export const PACKAGE_ROOT = findPackageRoot(import.meta.dirname);

function findPackageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json is not above the code: the installation is incomplete');
  return findPackageRoot(parent);
}
