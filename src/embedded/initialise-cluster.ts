import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceError } from '../domain/service-error.ts';
import type { PostgresUser } from './choose-postgres-user.ts';
import { runCommand } from './run-command.ts';

export interface ClusterOptions {
  readonly initdb: string;
  /** Holds `cluster/pgdata` and `cluster/password` afterwards. */
  readonly dataDir: string;
  readonly role: string;
  readonly user: PostgresUser;
  readonly durable: boolean;
}

const TIMEOUT_MS = 120_000;
const BUILTIN = [
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--encoding=UTF8',
  '--lc-messages=C',
];
// The built-in provider sorts and folds case alike everywhere; the C library still says what a letter is to
// pg_trgm and to the full-text parser, so UTF-8 first.
const LIBC_LOCALES = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/**
 * Creates the cluster unless it is there. It is made beside its place and renamed, so that a start killed half-way
 * leaves nothing that looks like a cluster.
 * @throws ServiceError `Unavailable` with the last words of initdb.
 */
export async function initialiseCluster(options: ClusterOptions): Promise<void> {
  const { dataDir, user } = options;
  const cluster = join(dataDir, 'cluster');
  for (const name of await readdir(dataDir)) {
    if (name.startsWith('cluster.new-')) await rm(join(dataDir, name), { recursive: true, force: true });
  }
  if (await stat(join(cluster, 'pgdata', 'PG_VERSION')).catch(() => undefined)) return;
  const fresh = join(dataDir, `cluster.new-${process.pid}`);
  const password = join(fresh, 'password');
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(password, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  for (const path of user.owner ? [fresh, password] : []) {
    if (user.owner) await chown(path, user.owner.uid, user.owner.gid);
  }
  await runInitdb(options, join(fresh, 'pgdata'), password);
  await rename(fresh, cluster);
}

async function runInitdb(options: ClusterOptions, pgdata: string, password: string): Promise<void> {
  const { initdb, role, user, durable } = options;
  let lastWords = '';
  for (const locale of LIBC_LOCALES) {
    const flags = ['-D', pgdata, '-U', role, '--auth=scram-sha-256', `--pwfile=${password}`, ...BUILTIN];
    const command = [
      ...user.prefix,
      initdb,
      ...flags,
      `--locale=${locale}`,
      ...(durable ? [] : ['--no-sync']),
    ];
    const result = await runCommand(command, { timeoutMs: TIMEOUT_MS, cwd: '/', user: user.user });
    if (result.code === 0) return;
    lastWords = result.output.trim().split('\n').slice(-3).join(' ');
    await rm(pgdata, { recursive: true, force: true });
  }
  throw new ServiceError('Unavailable', `PostgreSQL could not create its files in ${pgdata}: ${lastWords}`, {
    fix: 'Check free space and permissions of MAILROOM_HOME, or set DATABASE_URL to a PostgreSQL of your own',
  });
}
