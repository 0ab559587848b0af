import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOdoo } from '../../src/odoo/create-odoo.ts';
import { createXmlRpc } from '../../src/odoo/create-xml-rpc.ts';
import type { OdooSyncRequest } from '../../src/odoo/odoo.ts';
import type { Rpc, RpcValue } from '../../src/odoo/rpc.ts';
import { type CuttingProxy, startCuttingProxy } from '../support/odoo/start-cutting-proxy.ts';
import type { RunningOdoo } from '../support/odoo/start-odoo.ts';

const none = () => new AbortController().signal;

/** Part of odoo.test.ts: an Odoo takes seconds to start. `getServer` answers once its hooks have run. */
export function describeOdooCuts(getServer: () => RunningOdoo): void {
  describe('a connection cut while Odoo creates', () => {
    let proxy: CuttingProxy;
    let admin: Rpc;
    const count = async (model: string, domain: RpcValue[]) =>
      admin.call({ model, method: 'search_count', params: { domain } }, none());

    beforeAll(async () => {
      const { url, database, username, apiKey } = getServer();
      proxy = await startCuttingProxy(url);
      admin = createXmlRpc({ url, database, username, secret: apiKey, timeoutMs: 20_000 });
    });
    afterAll(() => proxy.stop());

    const cases = (['xml-rpc', 'json-2'] as const).flatMap((transport) =>
      (['crm.lead', 'mail.message', 'res.partner'] as const).flatMap((model) =>
        (['asked', 'done'] as const).map((when) => ({ transport, model, when })),
      ),
    );

    test.each(cases)('$transport: $model, cut when $when: a retry leaves exactly one', async (given) => {
      const { transport, model, when } = given;
      const { database, username, apiKey } = getServer();
      const odoo = createOdoo({
        url: proxy.url,
        database,
        username,
        secret: apiKey,
        timeoutMs: 20_000,
        transport,
      });
      const id = randomUUID();
      const request: OdooSyncRequest = {
        externalKey: id,
        kind: model === 'mail.message' ? 'note' : 'lead',
        sender: { name: 'Ada', address: `${id}@example.org` },
        subject: id,
        summaryLine: id,
        summaryPoints: [],
        category: 'other',
        priority: 'NORMAL',
      };
      const before = proxy.cuts();
      proxy.cutNext([model, 'load', id], when);
      await expect(odoo.sync(request, none())).rejects.toMatchObject({ type: 'Unavailable' });
      expect(proxy.cuts()).toBe(before + 1);

      const { partnerId } = await odoo.sync(request, none());
      expect(await count('res.partner', [['email_normalized', '=', request.sender.address]])).toBe(1);
      const leads = await count('crm.lead', [['name', '=', id]]);
      const notes = await count('mail.message', [
        ['model', '=', 'res.partner'],
        ['res_id', '=', partnerId],
      ]);
      expect({ leads, notes }).toEqual(
        request.kind === 'note' ? { leads: 0, notes: 1 } : { leads: 1, notes: 0 },
      );
    });
  });
}
