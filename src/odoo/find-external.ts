import { NON_RETRYABLE } from '../domain/failure.ts';
import { ServiceError } from '../domain/service-error.ts';
import { CONTEXT } from './context.ts';
import type { Rpc } from './rpc.ts';

/**
 * The record behind an external id, undefined when there is none that we may see. Open to every Odoo user, unlike
 * `ir.model.data` itself. Odoo logs a traceback for a miss: ask only when there is a reason to expect a hit.
 */
export async function findExternal(
  rpc: Rpc,
  externalId: string,
  signal: AbortSignal,
): Promise<{ readonly model: string; readonly id: number } | undefined> {
  const [module, name] = externalId.split('.');
  const params = { module: module ?? '', xml_id: name ?? '', context: CONTEXT };
  try {
    const found = await rpc.call(
      { model: 'ir.model.data', method: 'check_object_reference', params },
      signal,
    );
    const [model, id] = Array.isArray(found) ? found : [];
    return typeof model === 'string' && typeof id === 'number' ? { model, id } : undefined;
  } catch (error) {
    if (error instanceof ServiceError && NON_RETRYABLE.includes(error.type)) return undefined;
    throw error;
  }
}
