import { ServiceError } from '../domain/service-error.ts';
import { CONTEXT } from './context.ts';
import type { Rpc, RpcValue } from './rpc.ts';

export interface Search {
  readonly model: string;
  readonly domain: readonly RpcValue[];
  readonly order: string;
  readonly limit: number;
}

/** Ids in order; archived records too. */
export async function searchIds(rpc: Rpc, search: Search, signal: AbortSignal): Promise<readonly number[]> {
  const { model, ...rest } = search;
  const ids = await rpc.call({ model, method: 'search', params: { ...rest, context: CONTEXT } }, signal);
  if (Array.isArray(ids) && ids.every((id) => typeof id === 'number')) return ids;
  throw new ServiceError('OutputInvalid', `Odoo answered a search of ${model} with something else than ids`);
}
