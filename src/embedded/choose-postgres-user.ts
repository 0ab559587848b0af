import { ServiceError } from '../domain/service-error.ts';
import { runCommand } from './run-command.ts';

export interface PostgresUser {
  /** Owner of the data directory; undefined when we are not root and it is simply ours. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** User to start the programs as; undefined when `prefix` changes the user. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
  /** Goes before each command line. */
  readonly prefix: readonly string[];
}

const TIMEOUT_MS = 5000;
const ACCOUNT = 'postgres';

/**
 * Whom Postgres runs as. It refuses root, so root lends it the account `postgres` (made when missing). Where that
 * account cannot reach the programs or the data (a home such as /root, mode 0700), it is given the one capability to
 * pass through folders, with securebits so that access(2) honours it too (Postgres probes its own executable with it).
 * @throws ServiceError `PermissionDenied` when no way works.
 */
export async function choosePostgresUser(program: string, dataDir: string): Promise<PostgresUser> {
  if (process.geteuid?.() !== 0) return { owner: undefined, user: undefined, prefix: [] };
  const owner = await findAccount();
  if (await reaches(program, dataDir, { owner, user: owner, prefix: [] }))
    return { owner, user: owner, prefix: [] };
  for (const capability of ['dac_read_search', 'dac_override']) {
    const lent = { owner, user: undefined, prefix: setprivPrefix(owner, capability) };
    if (await reaches(program, dataDir, lent)) return lent;
  }
  throw new ServiceError(
    'PermissionDenied',
    `Postgres refuses to run as root, and its account cannot reach ${dataDir}`,
    {
      fix: 'Run Mailroom as a normal user, or move the project and MAILROOM_HOME to a folder that other users may enter, or set DATABASE_URL',
    },
  );
}

function setprivPrefix({ uid, gid }: { uid: number; gid: number }, capability: string): string[] {
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    '--securebits=+no_setuid_fixup',
  ];
}

async function reaches(program: string, dataDir: string, { prefix, user }: PostgresUser): Promise<boolean> {
  const options = { timeoutMs: TIMEOUT_MS, cwd: '/', user };
  const command = [...prefix, '/bin/sh', '-c', '"$1" --version && cd "$2"', 'sh', program, dataDir];
  return (await runCommand(command, options)).code === 0;
}

async function findAccount(): Promise<{ uid: number; gid: number }> {
  const create = [
    'useradd',
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/bin/false',
  ] as const;
  const found = await lookUp(ACCOUNT);
  if (found) return found;
  await runCommand([...create, ACCOUNT], { timeoutMs: TIMEOUT_MS });
  const made = (await lookUp(ACCOUNT)) ?? (await lookUp('nobody'));
  if (made) return made;
  throw new ServiceError(
    'PermissionDenied',
    'Postgres refuses to run as root, and no other account could be made',
    {
      fix: 'Run Mailroom as a normal user, or create the user "postgres", or set DATABASE_URL',
    },
  );
}

async function lookUp(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => {
      const { code, output } = await runCommand(['id', flag, name], { timeoutMs: TIMEOUT_MS });
      return code === 0 ? Number.parseInt(output, 10) : undefined;
    }),
  );
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}
