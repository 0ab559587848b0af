import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOdoo } from '../../src/odoo/create-odoo.ts';
import { createXmlRpc } from '../../src/odoo/create-xml-rpc.ts';
import type { OdooSyncRequest } from '../../src/odoo/odoo.ts';
import type { Rpc, RpcValue } from '../../src/odoo/rpc.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findOdoo } from '../support/odoo/find-odoo.ts';
import { type CuttingProxy, startCuttingProxy } from '../support/odoo/start-cutting-proxy.ts';
import { type RunningOdoo, startOdoo } from '../support/odoo/start-odoo.ts';

const found = findOdoo();
const obstacle = 'skip' in found ? found.skip : undefined;

const none = () => new AbortController().signal;

describeUnless(obstacle, 'a connection cut while Odoo creates', () => {
  let server: RunningOdoo;
  const stops: (() => Promise<void>)[] = [];
  let proxy: CuttingProxy;
  let admin: Rpc;
  const count = async (model: string, domain: RpcValue[]) =>
    admin.call({ model, method: 'search_count', params: { domain } }, none());

  beforeAll(async () => {
    if ('skip' in found) return;
    server = await startOdoo(found);
    stops.push(server.stop);
    proxy = await startCuttingProxy(server.url);
    stops.push(proxy.stop);
    const { url, database, username, apiKey } = server;
    admin = createXmlRpc({ url, database, username, secret: apiKey, timeoutMs: 20_000 });
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  const cases = (['xml-rpc', 'json-2'] as const).flatMap((transport) =>
    (['crm.lead', 'mail.message', 'res.partner'] as const).flatMap((model) =>
      (['asked', 'done'] as const).map((when) => ({ transport, model, when })),
    ),
  );

  test.each(cases)('$transport: $model, cut when $when: a retry leaves exactly one', async (given) => {
    const { transport, model, when } = given;
    const { database, username, apiKey } = server;
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
