import type { ImapFlow } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';
import { createBackOff } from './create-back-off.ts';

/** The connection that there is, and a new one when it broke; each of them logged in. */
export interface Link {
  /** Throws what the login throws, and the same again at once while it is too early for another. */
  get(signal: AbortSignal | undefined): Promise<ImapFlow>;
  /** undefined: none that can be used now. */
  find(): ImapFlow | undefined;
  /** No more connections: `onLost` is not called for the one that is handed back to be closed. */
  end(): ImapFlow | undefined;
}

export function createLink(
  host: string,
  logIn: (signal: AbortSignal) => Promise<ImapFlow>,
  onLost: (error: ServiceError) => void,
): Link {
  const backOff = createBackOff();
  const stop = new AbortController();
  let client: ImapFlow | undefined;
  const find = () => (client?.usable === true ? client : undefined);

  return {
    async get(signal) {
      const open = find();
      if (open !== undefined) return open;
      backOff.check();
      let made: ImapFlow;
      try {
        made = await logIn(AbortSignal.any([stop.signal, ...(signal === undefined ? [] : [signal])]));
      } catch (error) {
        signal?.throwIfAborted();
        stop.signal.throwIfAborted();
        backOff.failed(error);
        throw error;
      }
      backOff.succeeded();
      // Closed at this very moment: nobody else knows of this connection.
      if (stop.signal.aborted) made.close();
      stop.signal.throwIfAborted();
      client = made;
      made.once('close', () => {
        if (client === made) onLost(new ServiceError('Unavailable', `${host} ended the connection.`));
      });
      return made;
    },
    find,
    end() {
      stop.abort(new ServiceError('Unavailable', 'The mailbox was closed.'));
      const last = client;
      client = undefined;
      return last;
    },
  };
}
