import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { isLoopbackHost } from '../../domain/is-loopback-host.ts';
import type { SmtpSettings } from './smtp-settings.ts';

export interface SmtpTimeouts {
  /** Name lookup, connection and greeting, each. */
  readonly connectMs: number;
  /** Silence of the server. RFC 5321 4.5.3.2 asks for patience after the final dot. */
  readonly idleMs: number;
  /** The whole send: a server that trickles is not silent. */
  readonly totalMs: number;
}

/** One connection, from greeting to QUIT. */
export interface SmtpSession {
  readonly connection: SMTPConnection;
  /** Runs one callback-style command; rejects as well when the connection breaks, time is up or `signal` aborts. */
  step<T>(
    start: (done: (error: Error | null | undefined, value?: T) => void) => void,
  ): Promise<T | undefined>;
  /** Says QUIT and closes, without waiting for the answer. */
  quit(): void;
  /** Drops the connection at once; what was not written is never written. */
  drop(): void;
}

const QUIT_MS = 1_000;

function connect(settings: SmtpSettings, timeouts: SmtpTimeouts): SMTPConnection {
  const { host, port, security } = settings;
  return new SMTPConnection({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    dnsTimeout: timeouts.connectMs,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    socketTimeout: timeouts.idleMs,
    socketCloseTimeout: 0,
    allowInternalNetworkInterfaces: isLoopbackHost(host),
    tls: { rejectUnauthorized: !settings.allowSelfSigned, minVersion: 'TLSv1.2' },
  });
}

/** Prepares a connection; nothing is opened before the first step. */
export function createSession(
  settings: SmtpSettings,
  timeouts: SmtpTimeouts,
  signal: AbortSignal,
): SmtpSession {
  const connection = connect(settings, timeouts);
  let fail: (error: Error) => void = () => undefined;
  const broken = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  // A break between two steps is reported by the next one; until then nobody listens.
  broken.catch(() => undefined);

  const onAbort = () => fail(Object.assign(new Error('The send was stopped'), { code: 'ABORTED' }));
  const onDeadline = () => fail(Object.assign(new Error('The send took too long'), { code: 'ETIMEDOUT' }));
  const deadline = setTimeout(onDeadline, timeouts.totalMs);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();

  connection.on('error', (error: Error) => fail(error));
  // The callback of the running command, which knows more, comes in the same turn.
  connection.once('end', () => setImmediate(() => fail(new Error('The connection was closed'))));

  const release = () => {
    clearTimeout(deadline);
    signal.removeEventListener('abort', onAbort);
  };
  return {
    connection,
    step: (start) =>
      Promise.race([
        broken,
        new Promise<Parameters<Parameters<typeof start>[0]>[1]>((resolve, reject) => {
          start((error, value) => (error ? reject(error) : resolve(value)));
        }),
      ]),
    quit() {
      release();
      connection.quit();
      setTimeout(() => connection.close(), QUIT_MS).unref();
    },
    drop() {
      release();
      connection.close();
    },
  };
}
