import { createJson2 } from './create-json2.ts';
import { createKeyedLock } from './create-keyed-lock.ts';
import { createOnce } from './create-once.ts';
import { createXmlRpc } from './create-xml-rpc.ts';
import { ensurePartner } from './ensure-partner.ts';
import type { Odoo } from './odoo.ts';
import type { RpcConfig } from './rpc-config.ts';
import { toAddress } from './to-address.ts';
import { toExternalId } from './to-external-id.ts';
import { toRecord } from './to-record.ts';

export interface OdooConfig extends RpcConfig {
  /** `json-2` (Odoo 19 and later) needs an API key as its secret. Default `xml-rpc`. */
  readonly transport?: 'xml-rpc' | 'json-2';
}

/**
 * The CRM over Odoo's external API. One per process: it holds the login, and the lock that keeps concurrent syncs of
 * one sender from asking for the same contact at once. Opens no connection until the first call.
 */
export function createOdoo(config: OdooConfig): Odoo {
  const rpc = config.transport === 'json-2' ? createJson2(config) : createXmlRpc(config);
  const lock = createKeyedLock();
  const base = config.url.replace(/\/+$/, '');
  return {
    sync: async (request, signal) => {
      const sender = { name: request.sender.name, address: toAddress(request.sender.address) };
      const externalId = toExternalId('message', request.externalKey);
      const partner = await lock(sender.address, () => ensurePartner(rpc, sender, signal));
      const record = await createOnce(rpc, { externalId, ...toRecord(request, partner.id) }, signal);
      const model = record.model === 'crm.lead' ? 'crm.lead' : 'res.partner';
      const recordId = model === 'crm.lead' ? record.id : partner.id;
      return {
        partnerId: partner.id,
        partnerCreated: partner.created,
        model,
        recordId,
        recordCreated: record.created,
        // Redirects to the record's form in every version, after a login where needed.
        url: `${base}/mail/view?model=${model}&res_id=${recordId}`,
      };
    },
    ping: async (signal) => ({ serverVersion: await rpc.ping(signal) }),
  };
}
