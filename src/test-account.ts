import { setTimeout as wait } from 'node:timers/promises';
import type { AccountTest } from '../api/dependencies.ts';
import { ServiceError } from './domain/service-error.ts';
import type { LiveMailbox, Mailbox } from './mail/mailbox.ts';

const LIMIT_MS = 20_000;

export interface AccountTestOptions {
  readonly limitMs?: number;
  /** How far the account was read; absent: as at first sight. */
  readonly findCursor?: () => Promise<string | undefined>;
}

/** Opens a mailbox and looks at its folders, as a pull from where it was read to would. Only what an adapter says of its own accord is told: it holds no secret. */
export async function testAccount(
  open: () => Promise<Mailbox | LiveMailbox>,
  { limitMs = LIMIT_MS, findCursor }: AccountTestOptions = {},
): Promise<AccountTest> {
  const stop = new AbortController();
  const work = probe(open, findCursor, stop.signal);
  try {
    return { ok: true, lines: await Promise.race([work, giveUp(limitMs, stop.signal)]) };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { ok: false, type: error.type, fault: error.message, fix: error.fix };
  } finally {
    stop.abort();
    // Whatever it still says after the time limit was answered for.
    work.catch(() => undefined);
  }
}

async function probe(
  open: () => Promise<Mailbox | LiveMailbox>,
  findCursor: AccountTestOptions['findCursor'],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const mailbox = await open();
  try {
    return 'probe' in mailbox
      ? await mailbox.probe(signal, await findCursor?.())
      : ['The mailbox was opened'];
  } finally {
    await mailbox.close();
  }
}

async function giveUp(limitMs: number, signal: AbortSignal): Promise<never> {
  await wait(limitMs, undefined, { ref: false, signal });
  throw new ServiceError('Unavailable', `It does not answer within ${Math.round(limitMs / 1000)} s`, {
    fix: 'Check that host and port can be reached from the machine of the server.',
  });
}
