import type { ImapFlow } from 'imapflow';
import type { ImapSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { connect } from './connect.ts';
import { toServiceError } from './to-service-error.ts';

/** One connection of an account, and a new one when it broke. */
export interface ImapSession {
  readonly settings: ImapSettings;
  /** Runs commands on a live connection; its failure is a ServiceError, or the reason of `signal`. */
  run<R>(signal: AbortSignal, command: (client: ImapFlow) => Promise<R>): Promise<R>;
  close(): Promise<void>;
}

export async function createSession(settings: ImapSettings, secret: string): Promise<ImapSession> {
  let client = await connect(settings, secret);
  let closed = false;
  const context = { host: `${settings.host}:${settings.port}`, secret };

  return {
    settings,
    async run(signal, command) {
      if (closed) throw new ServiceError('Unavailable', 'The mailbox was closed.');
      signal.throwIfAborted();
      // Servers end idle connections; what was read so far is in the cursor, so a new one goes on.
      if (!client.usable) client = await connect(settings, secret, signal);
      const current = client;
      const abort = () => current.close();
      signal.addEventListener('abort', abort, { once: true });
      try {
        const result = await command(current);
        // imapflow answers some commands with nothing instead of an error when the connection is gone.
        if (!current.usable) throw new ServiceError('Unavailable', `${context.host} ended the connection.`);
        return result;
      } catch (error) {
        signal.throwIfAborted();
        throw toServiceError(error, context);
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
    async close() {
      closed = true;
      // A polite LOGOUT that fails changes nothing: the connection is closed either way.
      if (client.usable) await client.logout().catch(() => undefined);
      client.close();
    },
  };
}
