import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import getPort from 'get-port';
import postgres from 'postgres';
import { migrate } from '../../db/migrate.ts';
import { createRandom } from '../../src/analysis/learned/create-random.ts';
import { startPostgres } from '../../src/embedded/start-postgres.ts';
import { loadTemporalConfig } from '../../src/temporal-config.ts';
import { startSmtpServer } from '../support/smtp/start-smtp-server.ts';
import { writeMailFolder } from '../support/write-mail-folder.ts';
import { countResults, type KillResults } from './count-results.ts';
import { createRole, type Role } from './spawn-role.ts';
import { type KillableServer, startKillableTemporal } from './start-killable-temporal.ts';
import { writeDrillConfig } from './write-drill-config.ts';

export interface KillOptions {
  readonly n: number;
  readonly seed: number;
  /** How often each of worker, API and Temporal is killed. */
  readonly kills: number;
  /** Folder of a compiled installation; the processes start from the sources without one. */
  readonly installed?: string;
  readonly say: (line: string) => void;
}

/** Without any progress; see STUCK_MS of the ingest drill. */
const GIVE_UP_MS = 240_000;
const LONGEST_LULL_MS = 5_000;
const ADDRESS = 'support@harborline.example';

/**
 * Processes `n` messages that are answered without a person, while worker, API and Temporal are killed -9 `kills`
 * times each, in a seeded order at seeded moments. Then counts what is lost, doubled or sent twice.
 */
export async function runKillDrill(
  options: KillOptions,
): Promise<KillResults & { readonly seconds: number }> {
  const { n, seed, say, installed } = options;
  const folder = await mkdtemp(join(tmpdir(), 'mailroom-kill-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const mail = join(folder, 'mail');
    const [files, database, smtp] = await Promise.all([
      mkdir(folder, { recursive: true }).then(() => writeDrillConfig(folder)),
      startPostgres({ dataDir: join(folder, 'postgres'), port: 0, durable: false, say }),
      startSmtpServer({ security: 'none' }),
      writeMailFolder(mail, n, seed),
    ]);
    undo.unshift(database.stop, smtp.stop);
    await migrate(database.url);
    const temporal = await startKillableTemporal(folder, loadTemporalConfig(files.temporalConfig), true);
    undo.unshift(temporal.stop);
    const port = await getPort();
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      MAILROOM_HOME: join(folder, 'home'),
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_CONFIG: files.temporalConfig,
      MAILROOM_TAXONOMY: files.taxonomy,
      MAILROOM_IMPORT_ROOTS: folder,
      PORT: String(port),
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(smtp.settings.port),
      SMTP_SECURITY: 'none',
      LOG_LEVEL: 'warn',
    };
    const worker = createRole({ name: 'worker', env, logFile: join(folder, 'worker.log'), installed });
    const api = createRole({ name: 'server', env, logFile: join(folder, 'api.log'), installed });
    undo.unshift(worker.stop, api.stop);
    worker.start();
    api.start();
    const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
    undo.unshift(() => sql.end({ timeout: 1 }));
    const startedAt = Date.now();
    await submit(`http://127.0.0.1:${port}`, mail, sql);
    const people = approveAll(`http://127.0.0.1:${port}`);
    await killAtRandom(options, sql, { worker, api, temporal });
    await settle(sql, n, say);
    await people.stop();
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    return { seconds, ...(await countResults(sql, n, smtp.received)) };
  } finally {
    for (const step of undo) await step();
  }
}

/** Keeps trying until the account and the batch are there: the answer of a killed API may be lost. */
async function submit(url: string, path: string, sql: postgres.Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into account (id, kind, name, address, mode) values ('drill', 'files', 'Drill', ${ADDRESS}, 'manual')`;
  });
  const deadline = Date.now() + 90_000;
  for (;;) {
    const answer = await fetch(`${url}/api/batches`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ accountId: 'drill', path }),
    }).catch(() => undefined);
    if (answer?.ok === true) return;
    if (Date.now() > deadline)
      throw new Error(`The batch cannot be started: ${(await answer?.text()) ?? 'no answer'}`);
    await wait(250);
  }
}

/** People who approve whatever waits, all the time, whether the API answers or not. */
function approveAll(url: string) {
  let stopped = false;
  const headers = { 'content-type': 'application/json' };
  const round = async () => {
    const answer = await fetch(`${url}/api/drafts?state=pending&limit=50`);
    if (!answer.ok) return;
    const { items } = (await answer.json()) as { items: { id: string; hash: string }[] };
    const approve = ({ id, hash }: { id: string; hash: string }) =>
      fetch(`${url}/api/drafts/${id}/approve`, { method: 'POST', headers, body: JSON.stringify({ hash }) });
    await Promise.allSettled(items.map(approve));
  };
  const work = (async () => {
    while (!stopped) {
      // The API is killed now and then; the next round asks again.
      await round().catch(() => undefined);
      await wait(250);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await work;
    },
  };
}

/** Each kill waits for some progress since the last one, so that all of them hit work under way. */
async function killAtRandom(
  { n, seed, kills, say }: KillOptions,
  sql: postgres.Sql,
  roles: {
    readonly worker: Role;
    readonly api: Role;
    readonly temporal: Pick<KillableServer, 'killAndRestart'>;
  },
): Promise<void> {
  const random = createRandom(seed);
  const names = (['worker', 'api', 'temporal'] as const).flatMap((name) =>
    Array.from({ length: kills }, () => name),
  );
  for (let left = names.length; left > 0; left -= 1) {
    const [name] = names.splice(Math.floor(random() * left), 1);
    if (name === undefined) return;
    const progress = (n / (kills * 3)) * random();
    const before = await countEnded(sql);
    const deadline = Date.now() + LONGEST_LULL_MS;
    await wait(200 + random() * 800);
    while (Date.now() < deadline && (await countEnded(sql)) < before + progress) await wait(50);
    say(`kill -9 ${name} with ${await countEnded(sql)} of ${n} messages ended, ${left - 1} kills left`);
    await roles[name].killAndRestart();
  }
}

/** Waits until every message has ended, or says that nothing moves any more. */
async function settle(sql: postgres.Sql, n: number, say: (line: string) => void): Promise<void> {
  let last = { ended: -1, at: Date.now() };
  while (Date.now() - last.at < GIVE_UP_MS) {
    const ended = await countEnded(sql);
    if (ended >= n) return;
    if (ended > last.ended) {
      last = { ended, at: Date.now() };
      say(`${ended} of ${n} messages have ended`);
    }
    await wait(1_000);
  }
  say('gave up waiting');
}

async function countEnded(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ ended: number }[]>`
    select count(*)::int as ended from message where state not in ('parked', 'running', 'awaiting-approval')`;
  return row?.ended ?? 0;
}
