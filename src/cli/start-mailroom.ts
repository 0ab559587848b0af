import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Config, loadConfig } from '../config.ts';
import { ServiceError } from '../domain/service-error.ts';
import { startEmbedded } from '../embedded/start-embedded.ts';
import { PACKAGE_ROOT } from '../package-root.ts';
import { runUntilSignal } from '../run-until-signal.ts';
import { assertStartable } from './assert-startable.ts';
import { createCleanup } from './create-cleanup.ts';
import { lockOwnHome } from './lock-own-home.ts';
import type { Start } from './run-mailroom.ts';
import { withLogLevel } from './with-log-level.ts';

export interface StartOptions {
  readonly mail?: string;
  readonly account?: string;
  readonly address?: string;
  readonly once?: boolean;
  readonly json?: boolean;
}

const SAMPLE = {
  path: join(PACKAGE_ROOT, 'test/fixtures/sample-mailbox'),
  accountId: 'sample',
  address: 'support@harborline.example',
};
/** A step that is under way when the signal comes gets so long; guardians stop servers that it starts later. */
const STEP_MS = 3_500;
const STOP_MS = 6_000;
const INTERRUPTED = 130;

/** What `npm start` does: servers, migration, policy, worker, API, first mail; until a signal ends it. */
export async function startMailroom(options: StartOptions): Promise<void> {
  const config = withLogLevel(loadConfig(process.env), 'warn', process.env);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const abort = new AbortController();
  const signalled = runUntilSignal().then(() => {
    say('\nStopping');
    if (options.once === true) process.exitCode = INTERRUPTED;
  });
  const once = options.once === true;
  const given = options.mail === undefined ? SAMPLE : { path: options.mail, accountId: 'files', address: '' };
  const start: Start = {
    mail: {
      path: given.path,
      accountId: options.account ?? given.accountId,
      address: options.address ?? given.address,
    },
    once,
    json: options.json === true,
    signal: abort.signal,
    cleanup: createCleanup(say),
    say,
  };
  const flow = bringUpAndRun(config, start);
  try {
    await Promise.race([flow, signalled]);
  } finally {
    abort.abort();
    await Promise.race([flow.catch(() => undefined), wait(STEP_MS)]);
    await Promise.race([start.cleanup.run(), wait(STOP_MS)]);
  }
  process.exit(process.exitCode ?? 0);
}

async function bringUpAndRun(config: Config, start: Start): Promise<void> {
  const { cleanup, say, signal, once, mail } = start;
  await assertStartable(config, { mailPath: mail.path, listens: !once });
  const home = resolve(config.home);
  const lock = await lockOwnHome(home);
  cleanup.add('lock', 1_000, () => lock.release());
  say(`Mailroom starts in ${home}`);
  // Most of the code is not needed to refuse a start; it is loaded while the servers come up.
  const loading = Promise.all([import('./connect-started.ts'), import('./run-mailroom.ts')]);
  loading.catch(() => undefined);
  const servers = await startEmbedded(config, home, process.env.PATH, say);
  cleanup.add('servers', STOP_MS, servers.stop);
  signal.throwIfAborted();
  const ended = servers.failed.then((name) => {
    throw new ServiceError('Unavailable', `${name} ended by itself`, {
      fix: `Look into its log below ${home}, then start again; nothing is lost.`,
    });
  });
  const work = async () => {
    const uiUrl = servers.temporalUiUrl;
    const [{ connectStarted }, { runMailroom }] = await loading;
    signal.throwIfAborted();
    const context = await connectStarted({ ...config, temporal: { ...config.temporal, uiUrl } }, servers);
    cleanup.add('connections', 1_000, context.close);
    signal.throwIfAborted();
    await runMailroom(context, servers, start);
  };
  await Promise.race([work(), ended]);
}
