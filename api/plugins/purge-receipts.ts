import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';

const EVERY_MS = 60 * 60_000;

/** Forgets old notifications once an hour, while notifications come: without them there is nothing to forget. */
export function purgeReceipts(hooks: ApiServer, { push }: Pick<ApiDependencies, 'push'>): void {
  let purgedAt = 0;
  hooks.addHook('onResponse', async (request) => {
    if (Date.now() - purgedAt < EVERY_MS) return;
    purgedAt = Date.now();
    await push.purgeReceipts().catch((err: unknown) => {
      request.log.warn({ err }, 'Old notifications could not be forgotten; the next hour tries again');
    });
  });
}
