import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ServiceError } from '../domain/service-error.ts';
import { identifyProcess } from './identify-process.ts';

export interface HomeLock {
  release(): Promise<void>;
}

const HEARTBEAT_MS = 10_000;
const FOREIGN_STALE_MS = 60_000;
/** A start that died while it took over. */
const TAKEOVER_STALE_MS = 10_000;
const TAKEOVER_WAIT_MS = 50;
const ATTEMPTS = 5;

/**
 * Makes this process the only Mailroom that uses `home`. A lock of a dead process is taken over; one of another host
 * (containers that share a volume, whose pids mean nothing here) once its heartbeat is a minute old.
 * @throws ServiceError `Conflict` when another live copy holds it.
 */
export async function lockHome(home: string): Promise<HomeLock> {
  const path = join(resolve(home), 'lock');
  await mkdir(resolve(home), { recursive: true });
  const mine = `${process.pid}\n${identifyProcess(process.pid) ?? ''}\n${hostname()}\n`;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (await create(path, mine)) return hold(path, mine);
    const theirs = await readFile(path, 'utf8').catch(() => '');
    if (await isHeld(path, theirs)) throw toConflict(home, theirs);
    await removeStale(path, theirs);
  }
  throw toConflict(home, await readFile(path, 'utf8').catch(() => ''));
}

/** A link appears with its content or not at all, so nobody reads half a lock. */
async function create(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function isHeld(path: string, content: string): Promise<boolean> {
  const [pid, identity, host] = content.split('\n');
  if (host === hostname()) return identity !== '' && identifyProcess(Number(pid)) === identity;
  const seen = await stat(path).catch(() => undefined);
  return seen !== undefined && Date.now() - seen.mtimeMs < FOREIGN_STALE_MS;
}

/** One start at a time looks again and removes: what it looks at cannot be replaced before it is gone. */
async function removeStale(path: string, expected: string): Promise<void> {
  const takeover = `${path}.takeover`;
  if (!(await create(takeover, expected))) {
    const begun = await stat(takeover).catch(() => undefined);
    if (begun !== undefined && Date.now() - begun.mtimeMs > TAKEOVER_STALE_MS)
      await rm(takeover, { force: true });
    await setTimeout(TAKEOVER_WAIT_MS);
    return;
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => '')) === expected) await rm(path, { force: true });
  } finally {
    await rm(takeover, { force: true });
  }
}

function hold(path: string, mine: string): HomeLock {
  const beat = setInterval(() => {
    const now = new Date();
    // A home that was removed under us is reported by whoever writes there next.
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      if ((await readFile(path, 'utf8').catch(() => '')) === mine) await rm(path, { force: true });
    },
  };
}

function toConflict(home: string, content: string): ServiceError {
  const [pid = '?', , host] = content.split('\n');
  const where = host === hostname() || !host ? '' : ` on ${host}`;
  return new ServiceError('Conflict', `Another Mailroom (pid ${pid}${where}) uses ${home}`, {
    fix: 'Stop it first, or set MAILROOM_HOME to another folder to run a second copy beside it',
  });
}
