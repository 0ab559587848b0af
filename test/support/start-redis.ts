import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';

const PLACES = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'];
const READY_MS = 10_000;

/** The server's path, or why tests against it are skipped. */
export function findRedis(): { readonly binary: string } | { readonly skipped: string } {
  const binary = PLACES.find((place) => existsSync(place));
  return binary === undefined ? { skipped: 'no redis-server (apt-get install redis-server)' } : { binary };
}

export interface RedisServer {
  readonly url: string;
  /** Ends it at once; what it held is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A real Redis on a free port of this machine that keeps nothing on disk. */
export async function startRedis(binary: string): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'mailroom-redis-'));
  const port = await getPort({ host: '127.0.0.1' });
  let server = await launch(binary, folder, port);
  // A test run that ends early must not leave a server behind.
  const killNow = () => void server.kill('SIGKILL');
  process.once('exit', killNow);
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    killNow();
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    async restart() {
      server = await launch(binary, folder, port);
    },
    async stop() {
      await kill();
      process.off('exit', killNow);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(binary: string, folder: string, port: number): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const server = spawn(binary, args, { stdio: 'ignore' });
  for (const deadline = Date.now() + READY_MS; !(await answers(port)); await sleep(20)) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error('Redis does not start');
  }
  return server;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
