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

/** Health needs no key: only what was written for a person is shown, or the code of what was not. */
function toDetail(error: unknown): string {
  if (error instanceof ServiceError) {
    return error.fix === undefined ? error.message : `${error.message}. ${error.fix}`;
  }
  const code = findCode(error);
  return code === undefined ? 'the check failed' : `the check failed (${code})`;
}

/** ECONNREFUSED, 28P01, 14 …: of the error or of what caused it. */
function findCode(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = 'code' in current ? String(current.code) : '';
    if (/^[A-Z0-9_]{1,40}$/.test(code)) return code;
  }
  return undefined;
}
