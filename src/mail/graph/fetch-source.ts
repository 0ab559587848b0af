import { ServiceError } from '../../domain/service-error.ts';
import type { GraphSession } from './create-session.ts';
import { toMailboxPath } from './to-mailbox-path.ts';
import { isItemGone } from './to-service-error.ts';

/** What came of asking for one message's bytes. */
export type Source =
  | { readonly kind: 'raw'; readonly raw: Buffer }
  | { readonly kind: 'gone' }
  | { readonly kind: 'too-large' }
  /** Graph shows the message and cannot make its MIME. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Another try may not meet it; whether it is this message or the server is not known yet. */
  | { readonly kind: 'failed'; readonly error: ServiceError };

export function toSourcePath(session: GraphSession, id: string): string {
  return `${toMailboxPath(session.settings, 'messages', id)}/$value`;
}

/** One message by itself. Throws when it is the server that fails, and not this message. */
export async function fetchSource(
  session: GraphSession,
  id: string,
  request: { readonly maxMessageBytes: number; readonly signal: AbortSignal },
): Promise<Source> {
  const { signal, maxMessageBytes: maxBytes } = request;
  try {
    const raw = await session.sendRaw({ path: toSourcePath(session, id), maxBytes, signal });
    return raw === undefined ? { kind: 'too-large' } : { kind: 'raw', raw };
  } catch (error) {
    if (isItemGone(error)) return { kind: 'gone' };
    if (!isOfMessage(error)) throw error;
    return (await isListed(session, id, signal))
      ? { kind: 'refused', reason: error.message }
      : { kind: 'gone' };
  }
}

/** A lost connection and 5xx may pass, 500 as well; most of 4xx is one message that cannot be converted. */
function isOfMessage(error: unknown): error is ServiceError {
  return error instanceof ServiceError && (error.type === 'InvalidInput' || error.type === 'Rejected');
}

/** Throws when not even its id is told: then nothing can be said of this message. */
async function isListed(session: GraphSession, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    await session.sendJson({ path: `${toMailboxPath(session.settings, 'messages', id)}?$select=id`, signal });
    return true;
  } catch (error) {
    if (isItemGone(error)) return false;
    throw error;
  }
}
