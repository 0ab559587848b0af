import type { FailureType } from '../domain/failure.ts';
import { ServiceError } from '../domain/service-error.ts';
import { CONTEXT } from './context.ts';
import { findExternal } from './find-external.ts';
import { redact } from './redact.ts';
import type { Rpc, RpcValue } from './rpc.ts';
import { searchIds } from './search-ids.ts';

export interface OnceRequest {
  readonly externalId: string;
  readonly model: string;
  /** Import columns: `name`, `partner_id/.id` (a database id), `subtype_id/id` (an external id). */
  readonly values: Readonly<Record<string, string>>;
  /** Where an earlier record of this key would be; tells new from old. */
  readonly among: readonly RpcValue[];
}

export interface OnceResult {
  readonly model: string;
  readonly id: number;
  readonly created: boolean;
}

/** `load` turns exceptions into these sentences; English by CONTEXT. */
const REFUSALS: readonly (readonly [RegExp, FailureType])[] = [
  [/serializ|deadlock|concurrent|could not obtain lock/i, 'Unavailable'],
  [/^You are not allowed to|^Uh-oh!|top-secret/, 'PermissionDenied'],
];

/**
 * Creates a record, or answers the one that this external id already has, untouched. `load` writes record and id in one
 * transaction and Odoo holds (module, name) unique, so a repeat after a cut, or a second process, cannot make two.
 * `mode: update` with `noupdate` is what leaves an existing record as people have edited it. Needs no admin rights.
 */
export async function createOnce(rpc: Rpc, request: OnceRequest, signal: AbortSignal): Promise<OnceResult> {
  const { model, externalId } = request;
  const [newest = 0] = await searchIds(
    rpc,
    { model, domain: request.among, order: 'id desc', limit: 1 },
    signal,
  );
  const params = {
    fields: ['id', ...Object.keys(request.values)],
    data: [[externalId, ...Object.values(request.values)]],
    context: { ...CONTEXT, mode: 'update', noupdate: true },
  };
  const answer = await rpc.call({ model, method: 'load', params }, signal);
  const { ids, messages } = answer as { ids?: unknown; messages?: unknown };
  const id = Array.isArray(ids) ? ids[0] : undefined;
  // Odoo numbers upwards: an id above all that were there before is new.
  if (typeof id === 'number') return { model, id, created: id > newest };
  // Lost a race, or the key was used for another model before: whatever it names now is the record.
  const existing = await findExternal(rpc, externalId, signal);
  if (existing !== undefined) return { ...existing, created: false };
  throw toLoadError(model, messages);
}

/** `load` reports refusals as messages, a lost race among them. */
function toLoadError(model: string, messages: unknown): ServiceError {
  const first: unknown = Array.isArray(messages) ? messages[0] : undefined;
  const text =
    typeof first === 'object' && first !== null ? String(Reflect.get(first, 'message')) : 'no reason';
  const type = REFUSALS.find(([pattern]) => pattern.test(text))?.[1] ?? 'Rejected';
  return new ServiceError(type, `Odoo refused the ${model}: ${redact(text, '')}`, { details: { model } });
}
