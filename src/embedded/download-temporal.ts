import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheTemporal } from './cache-temporal.ts';
import type { TemporalSource } from './temporal-source.ts';

const POLL_MS = 100;
// No byte after ten seconds means no way out; a running download may take as long as it moves.
const FIRST_BYTE_MS = 10_000;
const STALL_MS = 20_000;

/** The SDK's own download, moved to our cache so that later starts need neither the SDK's cache nor its time limit. */
export const downloadTemporal: TemporalSource = async ({ cacheDir, say }) => {
  say('Asking the Temporal SDK to download a server');
  const folder = await mkdtemp(join(cacheDir, 'download-'));
  try {
    const why = await runDownload(folder);
    const [name] = (await readdir(folder)).filter((entry) => !entry.endsWith('.downloading'));
    if (name === undefined) return { miss: `The Temporal SDK could not download a server: ${why}` };
    const cached = await cacheTemporal(join(folder, name), cacheDir);
    return 'fault' in cached
      ? { miss: `The downloaded temporal program is of no use: ${cached.fault}` }
      : cached;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Waits while bytes arrive; the last line that the child said, or that it stood still. */
async function runDownload(folder: string): Promise<string> {
  const script = join(import.meta.dirname, 'sdk-download.mjs');
  const child = spawn(process.execPath, [script, folder, readSdkVersion()], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const state = { ended: false, said: '' };
  child.stderr.on('data', (chunk: Buffer) => {
    state.said += chunk.toString('utf8');
  });
  child.once('close', () => {
    state.ended = true;
  });
  let bytes = 0;
  let deadline = Date.now() + FIRST_BYTE_MS;
  while (!state.ended) {
    await sleep(POLL_MS);
    const now = await countBytes(folder);
    if (now > bytes) deadline = Date.now() + STALL_MS;
    bytes = now;
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      return bytes === 0 ? `no byte within ${FIRST_BYTE_MS / 1000} s` : `it stood still at ${bytes} bytes`;
    }
  }
  // "a: b: b (c): the real cause": the last part is what a person can act upon.
  return state.said.trim().split('\n').at(-1)?.split(': ').slice(-2).join(': ') || 'no reason given';
}

async function countBytes(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => ({ size: 0 }))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

function readSdkVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('@temporalio/worker/package.json');
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : '1.24.0';
}
