import type { ImapFlow } from 'imapflow';
import type { ImapSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Credentials } from '../credentials.ts';
import type { ConnectOptions } from './connect.ts';
import { type Attendant, createAttendance } from './create-attendance.ts';
import { createLink, type Link } from './create-link.ts';
import { createRest } from './create-rest.ts';
import { createTurns, orAborted, type Turns } from './create-turns.ts';
import { cutWhenLate, findEnd, LONGEST_MS } from './cut-when-late.ts';
import { logIn } from './log-in.ts';
import { toServiceError } from './to-service-error.ts';

/** One connection of an account, and a new one when it broke. Commands run one after the other. */
export interface ImapSession {
  /**
   * Runs commands on a live connection; its failure is a ServiceError, or the reason of `signal`. A command that is
   * aborted goes on to its end, for nothing else ends it but cutting the connection, and others use that too.
   */
  run<R>(signal: AbortSignal | undefined, command: (client: ImapFlow) => Promise<R>): Promise<R>;
  /** One at a time: who attended before is told that it lost the connection. Ends with the function returned. */
  attend(attendant: Attendant): () => void;
  /** Waits for the command that runs, but not for long; those behind it fail with Unavailable. */
  close(reason?: string): Promise<void>;
}

const CLOSE_MS = 5_000;

/** Does not connect yet: the first command does. */
export function createSession(
  settings: ImapSettings,
  credentials: Credentials,
  options?: ConnectOptions,
): ImapSession {
  const host = `${settings.host}:${settings.port}`;
  const inTime = <R>(client: ImapFlow, work: Promise<R>) =>
    cutWhenLate(client, work, { host, what: 'a command', ms: (options?.longestMs ?? LONGEST_MS).command });
  const turns = createTurns();
  const attendance = createAttendance();
  let closed: ServiceError | undefined;
  const link = createLink(host, (signal) => logIn(settings, credentials, signal, options), attendance.lost);
  const rest = createRest({
    turns,
    find: link.find,
    settle: (client) => inTime(client, attendance.settle(client)),
    onFailure: (error) => attendance.lost(toServiceError(error, { host })),
  });

  async function perform<R>(
    signal: AbortSignal | undefined,
    command: (client: ImapFlow) => Promise<R>,
  ): Promise<R> {
    if (closed !== undefined) throw closed;
    signal?.throwIfAborted();
    const client = await link.get(signal);
    try {
      const result = await inTime(client, command(client));
      // imapflow answers some commands with nothing instead of an error when the connection is gone.
      if (!client.usable) throw new ServiceError('Unavailable', `${host} ended the connection.`);
      return result;
    } catch (error) {
      const isNone = error instanceof ServiceError && error.type !== 'Unavailable';
      throw toServiceError(isNone ? error : (findEnd(client) ?? error), { host });
    }
  }

  return {
    async run(signal, command) {
      const endTurn = await turns.take(signal);
      const work = perform(signal, command).finally(() => {
        endTurn();
        rest.soon();
      });
      return orAborted(work, signal);
    },
    attend: attendance.begin,
    async close(reason = 'The mailbox was closed.') {
      if (closed !== undefined) return;
      closed = new ServiceError('Unavailable', reason);
      rest.stop();
      attendance.lost(closed);
      await hangUp(turns, link);
    },
  };
}

/** Says LOGOUT behind the command that runs, when that ends soon. */
async function hangUp(turns: Turns, link: Link): Promise<void> {
  const patience = AbortSignal.timeout(CLOSE_MS);
  const endTurn = await turns.take(patience).catch(() => undefined);
  const last = link.end();
  // A polite LOGOUT that fails changes nothing: the connection is closed either way.
  if (endTurn !== undefined && last?.usable === true)
    await orAborted(last.logout(), patience).catch(() => undefined);
  last?.close();
  endTurn?.();
}
