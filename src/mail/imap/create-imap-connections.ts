import { createHash } from 'node:crypto';
import type { ImapSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Credentials } from '../credentials.ts';
import type { ConnectOptions } from './connect.ts';
import { createSession, type ImapSession } from './create-session.ts';

/** A connection that is shared by all who use the account at the moment. */
export interface ImapLease {
  readonly session: ImapSession;
  /** The last one to release it leaves it open for a while: the next pull is near. */
  release(): void;
}

/** The connections of a process: one for each account, whatever is done with it at once. */
export interface ImapConnections {
  /** Another host, user or secret than before closes the connection that there is. Does not connect yet. */
  lease(
    accountId: string,
    settings: ImapSettings,
    credentials: Credentials,
    options?: ConnectOptions,
  ): ImapLease;
  /** How many accounts hold a connection, or are about to. */
  readonly size: number;
  /** Logs out everywhere; nothing can be leased after. */
  closeAll(): Promise<void>;
}

interface Entry {
  readonly session: ImapSession;
  readonly fingerprint: string;
  users: number;
  timer: NodeJS.Timeout | undefined;
}

const LINGER_MS = 2 * 60_000;

export function createImapConnections({ lingerMs = LINGER_MS } = {}): ImapConnections {
  const entries = new Map<string, Entry>();
  const closing = new Set<Promise<void>>();
  let closed = false;

  function discard(accountId: string, entry: Entry, reason: string): void {
    clearTimeout(entry.timer);
    if (entries.get(accountId) === entry) entries.delete(accountId);
    const end = entry.session.close(reason).finally(() => closing.delete(end));
    closing.add(end);
  }

  return {
    lease(accountId, settings, credentials, options) {
      if (closed) throw new ServiceError('Unavailable', 'This process is about to stop.');
      const fingerprint = toFingerprint(settings, credentials);
      const before = entries.get(accountId);
      if (before !== undefined && before.fingerprint !== fingerprint)
        discard(accountId, before, 'The settings of the account changed.');
      const entry = entries.get(accountId) ?? {
        session: createSession(settings, credentials, options),
        fingerprint,
        users: 0,
        timer: undefined,
      };
      entries.set(accountId, entry);
      clearTimeout(entry.timer);
      entry.users += 1;
      let released = false;
      return {
        session: entry.session,
        release() {
          if (released) return;
          released = true;
          entry.users -= 1;
          if (entry.users > 0 || entries.get(accountId) !== entry) return;
          entry.timer = setTimeout(() => discard(accountId, entry, 'Nobody used it.'), lingerMs);
          entry.timer.unref();
        },
      };
    },
    get size() {
      return entries.size;
    },
    async closeAll() {
      closed = true;
      for (const [accountId, entry] of entries) discard(accountId, entry, 'This process stops.');
      await Promise.all(closing);
    },
  };
}

/** Of what the connection depends on; the folders may change on it. Tokens change by themselves. */
function toFingerprint(settings: ImapSettings, credentials: Credentials): string {
  const { host, port, security, username, allowSelfSigned } = settings;
  const secret = credentials.kind === 'password' ? credentials.password : (credentials.identity ?? '');
  const facts = [host, port, security, username, allowSelfSigned, credentials.kind, secret];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
