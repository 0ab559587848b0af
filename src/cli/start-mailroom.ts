import { join, resolve } from 'node:path';
import { migrate } from '../../db/migrate.ts';
import { type Config, loadConfig } from '../config.ts';
import { ServiceError } from '../domain/service-error.ts';
import { lockHome } from '../embedded/lock-home.ts';
import { type EmbeddedServers, startEmbedded } from '../embedded/start-embedded.ts';
import { createLogger } from '../logger.ts';
import { type Context, openContext } from '../open-context.ts';
import { PACKAGE_ROOT } from '../package-root.ts';
import { runUntilSignal } from '../run-until-signal.ts';
import { startServer } from '../start-server.ts';
import { installRuntime, startWorker } from '../start-worker.ts';
import { applyNamespace, applyTemporal } from '../temporal/apply-temporal.ts';
import { loadMail } from './load-mail.ts';
import { STDERR, withLogLevel } from './open-cli-context.ts';
import { removeRunningFile, writeRunningFile } from './running-file.ts';
import { toRequest } from './temporal-command.ts';

export interface StartOptions {
  readonly mail?: string;
  readonly account?: string;
  readonly once?: boolean;
  readonly json?: boolean;
}

const SAMPLE = {
  path: join(PACKAGE_ROOT, 'test/fixtures/sample-mailbox'),
  accountId: 'sample',
  address: 'support@harborline.example',
};

/** What `npm start` does: servers, migration, policy, worker, API, first mail; until a signal ends it. */
export async function startMailroom(options: StartOptions): Promise<void> {
  const config = withLogLevel(loadConfig(process.env), 'warn');
  const home = resolve(config.home);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const signalled = runUntilSignal();
  const lock = await lockHome(home);
  const undo: (() => Promise<unknown>)[] = [() => lock.release()];
  try {
    say(`Mailroom starts in ${home}`);
    const servers = await startEmbedded(config, home, process.env.PATH, say);
    undo.unshift(servers.stop);
    const context = await bringUp(config, servers, say);
    undo.unshift(context.close);
    await Promise.race([
      run(context, servers, options, undo, say),
      signalled.then(() => undefined),
      servers.failed.then((name) => {
        throw new ServiceError('Unavailable', `${name} ended by itself`, {
          fix: `Look into its log below ${home}.`,
        });
      }),
    ]);
  } finally {
    for (const step of undo) await step();
  }
  process.exit(process.exitCode ?? 0);
}

async function bringUp(
  config: Config,
  servers: EmbeddedServers,
  say: (line: string) => void,
): Promise<Context> {
  const withUi = { ...config, temporal: { ...config.temporal, uiUrl: servers.temporalUiUrl } };
  const logger = createLogger(config, STDERR);
  installRuntime(logger);
  await migrate(servers.databaseUrl);
  const context = await openContext(withUi, logger, servers);
  await applyNamespace(context.connection, context.namespace, context.temporal);
  await applyTemporal(await toRequest(context));
  if (config.odoo === undefined) say('Odoo: off (set ODOO_URL, ODOO_DATABASE, ODOO_USERNAME, ODOO_SECRET)');
  if (config.smtp === undefined) say('Sending: off (set SMTP_HOST); drafts are proposed and wait');
  if (config.model.apiKey === undefined) say('Model: off (set ANTHROPIC_API_KEY); the local engine decides');
  return context;
}

async function run(
  context: Context,
  servers: EmbeddedServers,
  options: StartOptions,
  undo: (() => Promise<unknown>)[],
  say: (line: string) => void,
): Promise<void> {
  const worker = await startWorker({ ...context, pauseSchedule: context.schedules.pause });
  undo.unshift(worker.stop);
  let apiUrl: string | undefined;
  if (options.once !== true) {
    const app = await startServer(context);
    undo.unshift(() => app.close());
    apiUrl = `http://${context.config.http.host}:${context.config.http.port}`;
  }
  await writeRunningFile(context.home, {
    pid: process.pid,
    databaseUrl: servers.databaseUrl,
    temporalAddress: servers.temporalAddress,
    temporalUiUrl: servers.temporalUiUrl,
    apiUrl,
  });
  undo.unshift(() => removeRunningFile(context.home));
  const given = options.mail === undefined ? SAMPLE : { path: options.mail, accountId: 'files', address: '' };
  const mail = { ...given, ...(options.account === undefined ? {} : { accountId: options.account }) };
  await loadMail(context, mail, { json: options.json === true, once: options.once === true });
  if (options.once === true) return;
  say(
    `\n  Mail room   ${apiUrl}/\n  API docs    ${apiUrl}/docs\n  Temporal    ${servers.temporalUiUrl ?? 'see your server'}`,
  );
  say('\nCtrl-C stops everything. Nothing is lost: the next start goes on from here.');
  await worker.finished;
  throw new ServiceError('Unavailable', 'The worker ended by itself', {
    fix: 'Start again; nothing is lost.',
  });
}
