import { cleanLine } from './clean-line.ts';
import type { OdooSyncRequest } from './odoo.ts';
import type { RpcValue } from './rpc.ts';
import { toSummaryHtml } from './to-summary-html.ts';

const LEAD_PRIORITY = { URGENT: '3', HIGH: '2', NORMAL: '1', LOW: '0' } as const;

export interface RecordToLoad {
  readonly model: 'crm.lead' | 'mail.message';
  readonly values: Readonly<Record<string, string>>;
  readonly among: readonly RpcValue[];
}

/**
 * A lead or opportunity (Odoo picks: leads are hidden where they are switched off), or an internal note on the contact.
 * The note is the `mail.message` that `message_post` would make, loaded as such: with an external id, and past the
 * notifications that only `message_post` sends.
 */
export function toRecord(request: OdooSyncRequest, partnerId: number): RecordToLoad {
  const partner = String(partnerId);
  const body = toSummaryHtml(request);
  if (request.kind === 'lead') {
    const subject = cleanLine(request.subject, 200);
    const name = subject === '' ? cleanLine(request.summaryLine, 200) || '(no subject)' : subject;
    const priority = LEAD_PRIORITY[request.priority];
    return {
      model: 'crm.lead',
      values: { name, 'partner_id/.id': partner, description: body, priority },
      among: [],
    };
  }
  return {
    model: 'mail.message',
    values: {
      model: 'res.partner',
      res_id: partner,
      body,
      'subtype_id/id': 'mail.mt_note',
      message_type: 'comment',
      is_internal: '1',
    },
    among: [
      ['model', '=', 'res.partner'],
      ['res_id', '=', partnerId],
    ],
  };
}
