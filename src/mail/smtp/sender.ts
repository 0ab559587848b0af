import type { Draft } from '../../domain/draft.ts';

export interface SendRequest {
  readonly draft: Draft;
  /** Minted once with the delivery row, without angle brackets. */
  readonly messageIdHeader: string;
  readonly signal: AbortSignal;
}

/**
 * sent: the server answered 250 to the final dot. refused: 5xx, stop. deferred: nothing was accepted, try later.
 * unknown: the connection broke after the message was on its way.
 */
export type SendResult =
  | { readonly kind: 'sent'; readonly response: string }
  | { readonly kind: 'refused'; readonly code: number; readonly response: string }
  | {
      readonly kind: 'deferred';
      readonly reason: string;
      readonly retryAfterMs: number | undefined;
      /** The server did not answer; otherwise it asked to come back. */
      readonly offline?: boolean;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The port of outbound mail. Throws `ServiceError` only for AuthenticationFailed and InvalidInput (nothing was sent). */
export interface Sender {
  send(request: SendRequest): Promise<SendResult>;
  ping(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
