import { ServiceError } from '../domain/service-error.ts';

/**
 * Runs with a signal that fires after `timeoutMs` or with the caller's. Throws `Unavailable` or the caller's own reason
 * then, whatever the aborted work threw. (`AbortSignal.any` holds on to long-lived signals on Node 20.)
 */
export async function withDeadline<T>(
  timeoutMs: number,
  caller: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  caller.throwIfAborted();
  const controller = new AbortController();
  const onAbort = () => controller.abort(caller.reason);
  const onTimeout = () =>
    controller.abort(new ServiceError('Unavailable', `Odoo did not answer within ${timeoutMs} ms`));
  const timer = setTimeout(onTimeout, timeoutMs);
  caller.addEventListener('abort', onAbort, { once: true });
  try {
    return await run(controller.signal);
  } catch (error) {
    controller.signal.throwIfAborted();
    // An answer that was given up as unreadable would otherwise go on flowing in.
    controller.abort(error);
    throw error;
  } finally {
    clearTimeout(timer);
    caller.removeEventListener('abort', onAbort);
  }
}
