import { ServiceError } from '../../src/domain/service-error.ts';
import type { HealthCheck } from '../dependencies.ts';
import type { ComponentHealth } from '../schemas/health.ts';

/** Runs one check. One that ignores its signal is left behind at the limit. */
export async function runCheck(check: HealthCheck, limitMs: number): Promise<ComponentHealth> {
  const started = performance.now();
  const abort = new AbortController();
  const answer = (status: 'up' | 'down', detail: string | null): ComponentHealth => ({
    name: check.name,
    required: check.required,
    status,
    latencyMs: Math.round((performance.now() - started) * 10) / 10,
    detail,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ComponentHealth>((resolve) => {
    timer = setTimeout(() => {
      resolve(answer('down', `no answer within ${limitMs} ms`));
      abort.abort();
    }, limitMs);
  });
  const checked = Promise.resolve()
    .then(() => check.check(abort.signal))
    .then(
      (detail) => answer('up', detail ?? null),
      (error: unknown) => answer('down', toDetail(error)),
    );
  try {
    return await Promise.race([checked, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Health needs no key: only what was written for a person is shown. */
function toDetail(error: unknown): string {
  if (!(error instanceof ServiceError)) return 'the check failed; see the log';
  return error.fix === undefined ? error.message : `${error.message}. ${error.fix}`;
}
