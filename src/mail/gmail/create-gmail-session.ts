import type { gmail_v1 } from '@googleapis/gmail';
import type { GmailSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Credentials } from '../credentials.ts';
import { createLimitedFetch } from './create-limited-fetch.ts';
import { toServiceError } from './to-service-error.ts';

const TIMEOUT_MS = 60_000;
/** Of an answer without bodies: 500 history records stay far below. */
const ANSWER_BYTES = 16 * 1024 * 1024;

/** What a call hands on to the vendor's client. */
export interface CallOptions {
  readonly headers: { readonly authorization: string };
  readonly signal: AbortSignal;
  readonly timeout: number;
  readonly retry: false;
  readonly fetchImplementation: typeof fetch;
}

interface Sent<T> {
  readonly data: T;
  readonly status?: number;
}

type Send<T> = (users: gmail_v1.Resource$Users, options: CallOptions) => Promise<Sent<T>>;

/** The API of one account. */
export interface GmailSession {
  readonly settings: GmailSettings;
  /** Whose mailbox it is to be; undefined: anyone's. */
  readonly address: string | undefined;
  /** How long Gmail wants to be left alone from now on; 0: it does not. */
  getWaitMs(): number;
  /**
   * One request with a good token; a refused token is renewed once. Its failure is a ServiceError, or the reason
   * of `signal`. `at` is the server's clock. An answer above `maxBytes` is InvalidInput with details.tooLarge.
   */
  call<T>(
    signal: AbortSignal,
    send: Send<T>,
    maxBytes?: number,
  ): Promise<{ readonly data: T; readonly at: Date }>;
}

export interface GmailOptions {
  /** The address of the account; absent: whoever signed in is taken. */
  readonly address?: string;
  /** Milliseconds before the first repeat of a message that the server fails to hand over; it doubles. */
  readonly patienceMs?: number;
}

export async function createGmailSession(
  settings: GmailSettings,
  credentials: Credentials,
  address?: string,
): Promise<GmailSession> {
  if (credentials.kind !== 'token') {
    throw new ServiceError('InvalidInput', 'Gmail takes no password over its API.', {
      fix: 'Sign in: `npm run mailroom -- account login ID`, or read the account over IMAP with an app password.',
    });
  }
  const { getAccessToken } = credentials;
  // Here and not at the start: every process of ours has this file, and few talk to Gmail.
  const { gmail } = await import('@googleapis/gmail');
  const { users } = gmail({ version: 'v1', rootUrl: settings.baseUrl });
  const host = new URL(settings.baseUrl).host;

  let notBefore = 0;

  async function callWith<T>(token: string, signal: AbortSignal, send: Send<T>, maxBytes: number) {
    const limited = createLimitedFetch(maxBytes);
    try {
      const answer = await send(users, {
        headers: { authorization: `Bearer ${token}` },
        signal,
        timeout: TIMEOUT_MS,
        retry: false,
        fetchImplementation: limited.fetch,
      });
      assertJson(answer);
      return { data: answer.data, at: toDate(limited.header('date')) };
    } catch (error) {
      signal.throwIfAborted();
      const tooLarge = limited.exceeded() ? maxBytes : undefined;
      const retryAfter = limited.header('retry-after');
      const failure = toServiceError(error, { host, token, tooLarge, retryAfter });
      if (failure.type === 'RateLimited')
        notBefore = Math.max(notBefore, Date.now() + (failure.retryAfterMs ?? 0));
      throw failure;
    }
  }

  return {
    settings,
    address,
    getWaitMs: () => Math.max(0, notBefore - Date.now()),
    async call(signal, send, maxBytes = ANSWER_BYTES) {
      signal.throwIfAborted();
      const token = await getAccessToken();
      try {
        return await callWith(token, signal, send, maxBytes);
      } catch (error) {
        if (!(error instanceof ServiceError) || error.type !== 'AuthenticationFailed') throw error;
        return callWith(await getAccessToken(token), signal, send, maxBytes);
      }
    },
  };
}

/** Taken for an empty list, a page of a proxy would lose mail in silence. What stops a watch is answered by 204. */
function assertJson({ data, status }: Sent<unknown>): void {
  if (typeof data === 'string' && status !== 204) throw new Error('the answer is not JSON');
}

function toDate(header: string | undefined): Date {
  const at = new Date(header ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? new Date() : at;
}
