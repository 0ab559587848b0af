import type { Client } from '@temporalio/client';
import { ServiceError } from '../../src/domain/service-error.ts';
import { toServiceError } from './to-service-error.ts';

/** The client goes on retrying a refused connection for up to one backoff (5 s) after its deadline. */
const GRACE_MS = 300;

/** Runs calls to Temporal so that they end within `limitMs` and throw `ServiceError` only. */
export async function withinLimit<T>(client: Client, limitMs: number, call: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate()), limitMs + GRACE_MS);
  });
  try {
    return await Promise.race([client.withDeadline(Date.now() + limitMs, call), limit]);
  } catch (error) {
    throw toServiceError(error);
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(): ServiceError {
  return new ServiceError('Unavailable', 'Temporal did not answer in time', {
    fix: 'Check that Temporal runs and that TEMPORAL_ADDRESS names it (`npm run mailroom -- doctor`).',
  });
}
