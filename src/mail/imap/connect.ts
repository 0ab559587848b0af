import { isIP } from 'node:net';
import type { ImapFlow } from 'imapflow';
import type { ImapSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { cutWhenLate, LONGEST_MS, type LongestTimes, noteEnd } from './cut-when-late.ts';
import { type ErrorContext, toServiceError } from './to-service-error.ts';
import { LONGEST_ANSWER, withLongestAnswer } from './with-longest-answer.ts';

const CONNECT_MS = 15_000;
/** Nothing is known of a server before the login: a greeting and what it can do are small. */
const LONGEST_BEFORE_LOGIN = 1024 * 1024;
const SILENCE_MS = 60_000;
/** So many in a row, and the connection is dead. */
const SILENCES = 3;
/** Servers may end an IDLE after 30 minutes (RFC 2177), and what lies between drops it sooner. */
const IDLE_MS = 9 * 60_000;

export interface Login {
  readonly kind: 'password' | 'token';
  readonly secret: string;
}

export interface ConnectOptions {
  /** PEM of the authorities that are trusted instead of Node's. */
  readonly authorities?: string;
  /** A server that is silent for this long while a command runs is taken for dead; an IDLE that is, is tried by NOOP. */
  readonly silenceMs?: number;
  readonly longestMs?: LongestTimes;
}

/**
 * Connects, secures and logs in once. Nothing is logged: imapflow writes commands to its logger. Throws
 * AuthenticationFailed, Unavailable or InvalidInput.
 */
export async function connect(
  settings: ImapSettings,
  login: Login,
  signal?: AbortSignal,
  { authorities, silenceMs = SILENCE_MS, longestMs = LONGEST_MS }: ConnectOptions = {},
): Promise<ImapFlow> {
  // Here and not at the start: every process of ours has this file, and few talk to a mailbox.
  const { ImapFlow: Client } = await import('imapflow');
  signal?.throwIfAborted();
  // As in URLs; sockets take the bare address.
  const host = settings.host.replace(/^\[(.*)\]$/, '$1');
  const client = new Client({
    host,
    port: settings.port,
    secure: settings.security === 'tls',
    doSTARTTLS: settings.security === 'tls' ? undefined : settings.security === 'starttls',
    auth: {
      user: settings.username,
      ...(login.kind === 'token' ? { accessToken: login.secret } : { pass: login.secret }),
    },
    tls: {
      rejectUnauthorized: !settings.allowSelfSigned,
      minVersion: 'TLSv1.2',
      ...(authorities === undefined ? {} : { ca: authorities }),
      // Without a name to check, Node compares the certificate with the address.
      ...(isIP(host) === 0 ? { servername: host } : {}),
    },
    clientInfo: { name: 'Mailroom' },
    logger: false,
    disableAutoIdle: true,
    qresync: true,
    maxIdleTime: IDLE_MS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: silenceMs,
    maxLineLength: LONGEST_ANSWER,
    maxResponseSize: LONGEST_ANSWER,
  });
  // An error event without a listener ends the process; the command that runs may say only that it is over.
  client.on('error', (error) => noteEnd(client, error));
  countVanished(client);
  const context = { host: `${settings.host}:${settings.port}`, ...login };
  const abort = () => client.close();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const entry = withLongestAnswer(client, LONGEST_BEFORE_LOGIN, () => client.connect());
    await cutWhenLate(client, entry, { host: context.host, what: 'the login', ms: longestMs.login });
    assertProtected(client, settings, context);
    endWhenSilent(client, silenceMs);
    return client;
  } catch (error) {
    client.close();
    signal?.throwIfAborted();
    throw toServiceError(error, context);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** A PREAUTH greeting forbids STARTTLS: whoever sends it may be between us and the server (RFC 9051 11.3). */
function assertProtected(client: ImapFlow, settings: ImapSettings, { host }: ErrorContext): void {
  if (settings.security === 'none' || client.secureConnection) return;
  throw new ServiceError('InvalidInput', `No secure connection to ${host}: the server skipped STARTTLS.`, {
    fix: 'Set security to tls and the port to 993; if it says so again, someone is reading along.',
  });
}

/**
 * With QRESYNC messages leave as VANISHED, which imapflow does not count: the next EXISTS would name the number
 * that it holds already, and an arrival would go unnoticed (RFC 7162 3.2.10.2).
 */
function countVanished(client: ImapFlow): void {
  client.on('expunge', ({ vanished, earlier }) => {
    if (vanished && earlier !== true && client.mailbox !== false && client.mailbox.exists > 0)
      client.mailbox.exists -= 1;
  });
}

/**
 * A healthy IDLE is broken by a NOOP after each silence. imapflow waits for ever where the server never took up the IDLE:
 * then nothing comes at all, and whoever waits for the connection waits with it.
 */
function endWhenSilent(client: ImapFlow, silenceMs: number): void {
  let received = 0;
  let silences = 0;
  const timer = setInterval(() => {
    const now = client.stats().received;
    silences = now === received ? silences + 1 : 0;
    received = now;
    if (silences >= SILENCES) client.close();
    if (!client.usable) clearInterval(timer);
  }, silenceMs);
  timer.unref();
}
