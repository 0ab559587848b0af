import { ServiceError } from '../domain/service-error.ts';
import { readLimited } from './read-limited.ts';
import type { Rpc } from './rpc.ts';
import { MAX_ANSWER_BYTES, type RpcConfig } from './rpc-config.ts';
import { toJson2Error } from './to-json2-error.ts';
import { toServiceError } from './to-service-error.ts';
import { withDeadline } from './with-deadline.ts';

/** JSON-2 (`POST /json/2/<model>/<method>`), from Odoo 19. The secret is an API key; there is no session. */
export function createJson2(config: RpcConfig): Rpc {
  const base = config.url.replace(/\/+$/, '');
  const headers = {
    authorization: `bearer ${config.secret}`,
    'x-odoo-database': config.database,
    'content-type': 'application/json',
  };
  const request = (path: string, init: RequestInit, caller: AbortSignal) =>
    withDeadline(config.timeoutMs, caller, async (signal) => {
      try {
        const answer = await fetch(`${base}${path}`, { ...init, headers, signal, redirect: 'manual' });
        const body = await readLimited(answer, MAX_ANSWER_BYTES);
        if (!answer.ok) throw toJson2Error(answer, body, config);
        return JSON.parse(body) as unknown;
      } catch (error) {
        // fetch hides the system's error one level down.
        throw toServiceError(error instanceof TypeError ? (error.cause ?? error) : error, config);
      }
    });
  const call: Rpc['call'] = ({ model, method, params }, signal) =>
    request(`/json/2/${model}/${method}`, { method: 'POST', body: JSON.stringify(params) }, signal);
  return {
    call,
    ping: async (signal) => {
      await call({ model: 'res.users', method: 'context_get', params: {} }, signal);
      const answer = await request('/web/version', { method: 'GET' }, signal);
      const version =
        typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'version') : undefined;
      if (typeof version === 'string') return version;
      throw new ServiceError('OutputInvalid', 'Odoo answered /web/version without a version');
    },
  };
}
