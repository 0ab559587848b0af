import { ServiceError } from '../../domain/service-error.ts';

interface Limits {
  readonly vendor: string;
  readonly timeoutMs: number;
  /** The caller's; its reason is thrown as it is. */
  readonly signal: AbortSignal;
}

/** Runs a call that heeds `signal`, for `timeoutMs` at most. What it throws is translated by `translate`. */
export async function settleCall<T>(
  { vendor, timeoutMs, signal }: Limits,
  call: (signal: AbortSignal) => Promise<T>,
  translate: (error: unknown) => ServiceError,
): Promise<T> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await call(AbortSignal.any([signal, timeout]));
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      throw new ServiceError('Unavailable', `${vendor} did not answer in time`, { cause: error });
    }
    throw translate(error);
  }
}
