import { findRetryAfter } from './find-retry-after.ts';
import { maskResponse } from './mask-response.ts';
import type { SendResult } from './sender.ts';
import type { Progress, SmtpFailure } from './smtp-failure.ts';

const AT: Record<Progress, string> = {
  connecting: 'before the server took part',
  envelope: 'before the message was sent',
  body: 'before the message was complete',
  dot: 'after the message was sent and before the server answered',
};

/** What broke, without the addresses that server texts like to hold. */
function describe({ code, originalCode, message }: SmtpFailure): string {
  const codes = [...new Set([code, originalCode].filter((part) => part !== undefined))].join(', ');
  return maskResponse(codes === '' ? message : `${message} (${codes})`);
}

function fromAnswer(code: number, response: string): SendResult {
  if (code >= 500) return { kind: 'refused', code, response };
  return { kind: 'deferred', reason: response, retryAfterMs: findRetryAfter(code, response) };
}

/**
 * Judges a refused envelope: a recipient that is refused for good stops the whole message, so that nobody gets it
 * twice when the rest is tried again. Undefined when every recipient was taken.
 * @param refusals one per refused RCPT TO; @param asked how many recipients there were.
 */
export function judgeRecipients(refusals: readonly SmtpFailure[], asked: number): SendResult | undefined {
  const worst = refusals.find(({ responseCode = 0 }) => responseCode >= 500) ?? refusals[0];
  if (worst?.responseCode === undefined) return undefined;
  const answer = maskResponse(worst.response ?? worst.message);
  return fromAnswer(worst.responseCode, `${refusals.length} of ${asked} recipients refused: ${answer}`);
}

/**
 * Judges an error by how far the send came. An answer of the server counts at every stage; without one, only a break
 * after the final dot leaves the outcome open. Trouble with TLS is about this connection, never about the message.
 */
export function toSendResult(failure: SmtpFailure, progress: Progress): SendResult {
  const { responseCode = 0, response, code } = failure;
  if (responseCode >= 400 && responseCode < 600 && code !== 'ETLS') {
    return fromAnswer(responseCode, maskResponse(response ?? failure.message));
  }
  if (code === 'EMESSAGE' && failure.command === 'MAIL FROM') {
    return { kind: 'refused', code: 552, response: 'The message is larger than the server allows' };
  }
  const reason = `The connection broke ${AT[progress]}: ${describe(failure)}`;
  return progress === 'dot'
    ? { kind: 'unknown', reason }
    : { kind: 'deferred', reason, retryAfterMs: undefined, offline: true };
}
