import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadRuntime, RUNTIME_FOLDER } from '../analysis/embedding/runtime.ts';
import { ServiceError } from '../domain/service-error.ts';
import { runCommand } from '../embedded/run-command.ts';

const INSTALL_MS = 600_000;
/** Pinned with its checksums; npm refuses anything else. */
const PINNED = join(import.meta.dirname, 'runtime');

const FIX = [
  'Look at what npm says: `npm ping` must answer, and `npm config get registry` must name a registry that you reach.',
  'Without a network: `npm install --no-save onnxruntime-node@1.30.0` from your own mirror, then add the model again.',
].join('\n');

/**
 * Installs onnxruntime-node beside the models, unless one is found: in npm it weighs 290 MB with the programs of six
 * platforms, of which one is kept (45 MB), and who uses no model has none of it. Its install script, which would fetch
 * CUDA, is not run. Throws Unavailable with what npm said, and leaves nothing then.
 * @returns whether it was installed now.
 */
export async function installRuntime(modelsFolder: string, say: (line: string) => void): Promise<boolean> {
  if (isLoadable(modelsFolder)) return false;
  say('Installing onnxruntime-node by npm (110 MB to fetch, 45 MB to keep)');
  const folder = join(modelsFolder, RUNTIME_FOLDER);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of ['package.json', 'package-lock.json']) await cp(join(PINNED, name), join(folder, name));
  const npm = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await runCommand(npm, { timeoutMs: INSTALL_MS, cwd: folder });
  if (code !== 0) {
    await rm(folder, { recursive: true, force: true });
    throw new ServiceError('Unavailable', `npm could not install onnxruntime-node: ${lastLine(output)}`, {
      fix: FIX,
    });
  }
  await keepOwnPlatform(join(folder, 'node_modules', 'onnxruntime-node', 'bin', 'napi-v6'));
  try {
    loadRuntime(modelsFolder);
    return true;
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw new ServiceError('Unavailable', `onnxruntime-node does not run here: ${lastLine(String(cause))}`, {
      fix: 'It runs on Linux with glibc (x64, arm64), macOS (arm64) and Windows; without it mail is decided by words alone.',
      cause,
    });
  }
}

export function isLoadable(modelsFolder: string): boolean {
  try {
    loadRuntime(modelsFolder);
    return true;
  } catch {
    // Whatever the reason, a fresh one is the cure, and says why it does not run either.
    return false;
  }
}

async function keepOwnPlatform(folder: string): Promise<void> {
  const { platform, arch } = process;
  if (!existsSync(join(folder, platform, arch))) return;
  for (const other of await readdir(folder)) {
    if (other !== platform) await rm(join(folder, other), { recursive: true });
  }
  for (const other of await readdir(join(folder, platform))) {
    if (other !== arch) await rm(join(folder, platform, other), { recursive: true });
  }
}

function lastLine(output: string): string {
  return output.trim().split('\n').filter(Boolean).at(-1) ?? 'it ran out of time';
}
