import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.mailroom', 'coverage']);

/** Paths below the root that git tracks and that are there; in a copy without git, every file that is no output. */
export function listTrackedFiles(): string[] {
  const { stdout, status } = spawnSync('git', ['ls-files', '-z'], { cwd: PACKAGE_ROOT, encoding: 'utf8' });
  const paths = status === 0 ? stdout.split('\0') : walk(PACKAGE_ROOT);
  return paths.filter((path) => path !== '' && existsSync(join(PACKAGE_ROOT, path)));
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [relative(PACKAGE_ROOT, path)];
  });
}
