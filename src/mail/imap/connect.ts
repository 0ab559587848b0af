import { isIP } from 'node:net';
import type { ImapFlow } from 'imapflow';
import type { ImapSettings } from '../../domain/account.ts';
import { toServiceError } from './to-service-error.ts';

const CONNECT_MS = 15_000;
/** A server that is silent for this long while a command runs is taken for dead. */
const SILENCE_MS = 60_000;

/**
 * Connects, secures and logs in. Nothing is logged: imapflow writes commands to its logger. Throws
 * AuthenticationFailed, Unavailable or InvalidInput.
 */
export async function connect(
  settings: ImapSettings,
  secret: string,
  signal?: AbortSignal,
): Promise<ImapFlow> {
  // Here and not at the start: every process of ours has this file, and few talk to a mailbox.
  const { ImapFlow: Client } = await import('imapflow');
  signal?.throwIfAborted();
  const client = new Client({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    doSTARTTLS: settings.security === 'tls' ? undefined : settings.security === 'starttls',
    auth: { user: settings.username, pass: secret },
    tls: {
      rejectUnauthorized: !settings.allowSelfSigned,
      minVersion: 'TLSv1.2',
      // Without a name to check, Node compares the certificate with the address.
      ...(isIP(settings.host) === 0 ? { servername: settings.host } : {}),
    },
    clientInfo: { name: 'Mailroom' },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
  // An error event without a listener ends the process; the command that runs rejects with the same error.
  client.on('error', () => undefined);
  const abort = () => client.close();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    signal?.throwIfAborted();
    throw toServiceError(error, { host: `${settings.host}:${settings.port}`, secret });
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
