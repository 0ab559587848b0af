import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from '../../src/package-root.ts';

/** Builds, unchecked, into `root`/dist, and makes `root` what `layOutInstallation` says. */
export async function installBuild(root: string): Promise<void> {
  layOutInstallation(root);
  const build = [join(PACKAGE_ROOT, 'deploy/build.mjs'), join(root, 'dist'), '--no-web', '--no-check'];
  await promisify(execFile)(process.execPath, build, { cwd: PACKAGE_ROOT }).catch(
    (error: { stdout: string }) => {
      throw new Error(`The build failed:\n${error.stdout}`);
    },
  );
}

/**
 * A new folder that looks like a production install of our package, but for dist. The packages are links: this shows
 * what our own code imports; what packages import of each other is npm's promise.
 */
export function layOutInstallation(root: string, without: RegExp = /^$/): void {
  mkdirSync(root, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'temporal.yaml']) {
    copyFileSync(join(PACKAGE_ROOT, file), join(root, file));
  }
  for (const path of ['test/fixtures/sample-mailbox', 'api/web/dist', ...listProductionPackages()]) {
    // Other platforms' packages are not there, nor is the page before it is built.
    if (without.test(path) || !existsSync(join(PACKAGE_ROOT, path))) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(join(PACKAGE_ROOT, path), join(root, path));
  }
}

function listProductionPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => dev !== true && /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path))
    .map(([path]) => path);
}
