import { cleanLine } from './clean-line.ts';
import { createOnce } from './create-once.ts';
import type { Rpc } from './rpc.ts';
import { searchIds } from './search-ids.ts';
import { toExternalId } from './to-external-id.ts';

/**
 * The contact of one address: an active one before an archived one, then the oldest; else a new one, bound to the
 * address by its external id. `email_normalized` is Odoo's own lower-cased index, compared by `=`: `%` and `_` of a
 * hostile address stay what they are.
 */
export async function ensurePartner(
  rpc: Rpc,
  sender: { readonly name: string; readonly address: string },
  signal: AbortSignal,
): Promise<{ readonly id: number; readonly created: boolean }> {
  const { address } = sender;
  const model = 'res.partner';
  const domain = [['email_normalized', '=', address]];
  const [found] = await searchIds(rpc, { model, domain, order: 'active desc, id asc', limit: 1 }, signal);
  if (found !== undefined) return { id: found, created: false };
  const name = cleanLine(sender.name, 128);
  const values = { name: name === '' ? address : name, email: address };
  const externalId = toExternalId('partner', address);
  return createOnce(rpc, { externalId, model, values, among: [] }, signal);
}
