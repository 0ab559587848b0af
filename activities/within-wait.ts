import { Context } from '@temporalio/activity';
import type { SecondRead } from '../src/analysis/routing/find-second-read.ts';
import { ServiceError } from '../src/domain/service-error.ts';

/** So long a message that is sure waits for a second read, in the queue and at the vendor: it is the pressing mail. */
const LONGEST_WAIT_MS = 30_000;

/** `signal`, which for mail that is sure already aborts when it has waited long enough: with `Unavailable`. */
export function withinWait(signal: AbortSignal, asked: SecondRead | undefined, now: Date): AbortSignal {
  if (asked?.isUndecided !== false) return signal;
  // A clock behind that of the server wins no time.
  const waited = Math.max(0, now.getTime() - Context.current().info.scheduledTimestampMs);
  const left = LONGEST_WAIT_MS - waited;
  return AbortSignal.any([signal, abortAfter(left)]);
}

function abortAfter(ms: number): AbortSignal {
  const controller = new AbortController();
  const stop = () =>
    controller.abort(new ServiceError('Unavailable', 'No model answered while the message could wait'));
  if (ms <= 0) stop();
  else setTimeout(stop, ms).unref();
  return controller.signal;
}
