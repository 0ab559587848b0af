import type { ApiDependencies } from '../dependencies.ts';
import { rememberFor } from '../remember-for.ts';
import type { Health } from '../schemas/health.ts';
import { runCheck } from './run-check.ts';

const CHECK_LIMIT_MS = 2_000;
const KEPT_MS = 1_000;

/** All checks at once, at most once a second however many ask. */
export function createHealth(checks: ApiDependencies['health']): () => Promise<Health> {
  return rememberFor(KEPT_MS, async () => {
    const components = await Promise.all(checks.map((check) => runCheck(check, CHECK_LIMIT_MS)));
    const down = components.filter((component) => component.status === 'down');
    const status = down.some((component) => component.required)
      ? 'unhealthy'
      : down.length > 0
        ? 'degraded'
        : 'healthy';
    return { status, checkedAt: new Date().toISOString(), components };
  });
}
