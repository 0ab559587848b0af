import { randomUUID } from 'node:crypto';
import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOdoo } from '../../src/odoo/create-odoo.ts';
import { createXmlRpc } from '../../src/odoo/create-xml-rpc.ts';
import type { OdooSyncRequest } from '../../src/odoo/odoo.ts';
import type { Rpc, RpcValue } from '../../src/odoo/rpc.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findOdoo } from '../support/odoo/find-odoo.ts';
import { type RunningOdoo, startOdoo } from '../support/odoo/start-odoo.ts';
import { describeOdooCuts } from './describe-odoo-cuts.ts';

const found = findOdoo();
const obstacle = 'skip' in found ? found.skip : undefined;

const none = () => new AbortController().signal;

function toRequest(change: Partial<OdooSyncRequest> = {}): OdooSyncRequest {
  const id = randomUUID();
  return {
    externalKey: id,
    kind: 'lead',
    sender: { name: 'Ada Byron', address: `${id}@example.org` },
    subject: 'Broken pump',
    summaryLine: 'The pump leaks since Monday.',
    summaryPoints: ['It leaks.', 'A replacement is wanted.'],
    category: 'complaint',
    priority: 'HIGH',
    ...change,
  };
}

describeUnless(obstacle, 'Odoo 19', () => {
  let server: RunningOdoo;
  const stops: (() => Promise<void>)[] = [];
  let admin: Rpc;
  const connect = (change: { transport?: 'xml-rpc' | 'json-2'; database?: string; secret?: string } = {}) => {
    const { url, database, username, apiKey } = server;
    return createOdoo({ url, database, username, secret: apiKey, timeoutMs: 20_000, ...change });
  };
  const read = async (model: string, domain: RpcValue[], fields: string[]) => {
    const params = { domain, fields, context: { active_test: false } };
    return (await admin.call({ model, method: 'search_read', params }, none())) as Record<string, unknown>[];
  };
  const partnersOf = (address: string) => read('res.partner', [['email_normalized', '=', address]], ['name']);

  beforeAll(async () => {
    if ('skip' in found) return;
    server = await startOdoo(found);
    stops.push(server.stop);
    const { url, database, username, apiKey } = server;
    admin = createXmlRpc({ url, database, username, secret: apiKey, timeoutMs: 20_000 });
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  describeOdooCuts(() => server);

  describe.each(['xml-rpc', 'json-2'] as const)('over %s', (transport) => {
    test('tells its version', async () => {
      expect(await connect({ transport }).ping(none())).toEqual({ serverVersion: '19.0' });
    });

    test('creates the contact and a lead, and finds both again', async () => {
      const request = toRequest({ priority: 'URGENT' });
      const first = await connect({ transport }).sync(request, none());
      expect(first).toMatchObject({ model: 'crm.lead', partnerCreated: true, recordCreated: true });
      const [lead] = await read(
        'crm.lead',
        [['id', '=', first.recordId]],
        ['name', 'partner_id', 'email_from', 'description', 'priority'],
      );
      expect(lead).toMatchObject({ name: 'Broken pump', priority: '3', email_from: request.sender.address });
      expect(lead?.partner_id).toEqual([first.partnerId, 'Ada Byron']);
      expect(lead?.description).toContain('<strong>The pump leaks since Monday.</strong>');
      expect(lead?.description).toContain('<li>A replacement is wanted.</li>');

      const second = await connect({ transport }).sync(request, none());
      expect(second).toEqual({ ...first, partnerCreated: false, recordCreated: false });
    });

    test('puts an internal note on the contact and mails nobody', async () => {
      const request = toRequest({ kind: 'note' });
      const odoo = connect({ transport });
      const first = await odoo.sync(request, none());
      const second = await odoo.sync(request, none());
      expect(first).toMatchObject({ model: 'res.partner', recordId: first.partnerId, recordCreated: true });
      expect(second).toMatchObject({ partnerId: first.partnerId, recordCreated: false });
      const onPartner = [
        ['model', '=', 'res.partner'],
        ['res_id', '=', first.partnerId],
      ];
      const notes = await read('mail.message', onPartner, [
        'body',
        'subtype_id',
        'is_internal',
        'partner_ids',
        'notification_ids',
      ]);
      expect(notes).toHaveLength(1);
      expect(notes[0]).toMatchObject({ is_internal: true, partner_ids: [], notification_ids: [] });
      expect(notes[0]?.subtype_id).toEqual([expect.any(Number), 'Note']);
      expect(await read('mail.mail', [], ['id'])).toEqual([]);
    });

    test('reports a refused login', async () => {
      const odoo = connect({ transport, secret: 'not-the-secret' });
      const outcome = await odoo.sync(toRequest(), none()).catch((error: unknown) => error);
      expect(outcome).toMatchObject({ name: 'ServiceError', type: 'AuthenticationFailed' });
      expect(String(outcome)).not.toContain('not-the-secret');
    });

    test('reports an unknown database', async () => {
      const odoo = connect({ transport, database: 'nowhere' });
      await expect(odoo.sync(toRequest(), none())).rejects.toMatchObject({ type: 'NotFound' });
    });

    test('makes one contact and two leads of two concurrent messages, and one lead of one message', async () => {
      const one = toRequest();
      const two = toRequest({ sender: one.sender });
      // Two processes: nothing is shared between these.
      const [left, right] = [connect({ transport }), connect({ transport })];
      const results = await Promise.all([
        left.sync(one, none()),
        right.sync(one, none()),
        left.sync(two, none()),
        right.sync(two, none()),
      ]);
      expect(new Set(results.map((result) => result.partnerId)).size).toBe(1);
      expect(new Set(results.map((result) => result.recordId)).size).toBe(2);
      expect(await partnersOf(one.sender.address)).toHaveLength(1);
      const leads = await read('crm.lead', [['partner_id', '=', results[0].partnerId]], ['id']);
      expect(leads).toHaveLength(2);
    });

    test('keeps hostile text as text', async () => {
      const subject = `<script>alert(1)</script> ]]>]]></string></value> \u0000\u0007\u202Eevil \u{1F4E7} \uD800 & "q" 'r'\r\nBcc: x`;
      const request = toRequest({
        subject,
        summaryLine: '<img src=x onerror=alert(1)>',
        summaryPoints: ['</ul><a href="https://evil.example">click</a>', ']]>]]><x/>'],
        sender: { name: '"><b>Mallory</b>\u0000 ]]>]]>', address: `m_%${randomUUID()}@example.org` },
      });
      const result = await connect({ transport }).sync(request, none());
      const [lead] = await read(
        'crm.lead',
        [['id', '=', result.recordId]],
        ['name', 'description', 'partner_id'],
      );
      expect(lead?.name).toBe(
        `<script>alert(1)</script> ]]>]]></string></value> evil \u{1F4E7} \uFFFD & "q" 'r' Bcc: x`,
      );
      expect(lead?.partner_id).toEqual([result.partnerId, '"><b>Mallory</b> ]]>]]>']);
      const html = String(lead?.description);
      expect(html).not.toMatch(/<(script|img|a|x|b)\b/);
      expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
      expect(html).toContain('&lt;script&gt;');
    });
  });

  test('takes a subject of 10 KB, shortened in the name', async () => {
    const result = await connect().sync(toRequest({ subject: '\u{1F600}ß'.repeat(5_000) }), none());
    const [lead] = await read('crm.lead', [['id', '=', result.recordId]], ['name']);
    expect(Array.from(String(lead?.name))).toHaveLength(200);
  });

  test('leaves a record alone that people have edited, whatever the repeat says', async () => {
    const request = toRequest();
    const odoo = connect();
    const first = await odoo.sync(request, none());
    const edit = { model: 'crm.lead', method: 'load' };
    const params = { fields: ['.id', 'name'], data: [[String(first.recordId), 'Edited by Eve']] };
    await admin.call({ ...edit, params }, none());
    await odoo.sync({ ...request, subject: 'Other' }, none());
    const again = await odoo.sync({ ...request, kind: 'note' }, none());
    expect(again).toEqual({ ...first, partnerCreated: false, recordCreated: false });
    const [lead] = await read('crm.lead', [['id', '=', first.recordId]], ['name']);
    expect(lead?.name).toBe('Edited by Eve');
  });

  test('finds a contact that people made, in other letters and with a name around it', async () => {
    const address = `grace-${randomUUID()}@example.org`;
    const params = { fields: ['name', 'email'], data: [['Grace', `Grace H <${address.toUpperCase()}>`]] };
    await admin.call({ model: 'res.partner', method: 'load', params }, none());
    const result = await connect().sync(toRequest({ sender: { name: '', address } }), none());
    expect(result.partnerCreated).toBe(false);
  });

  test('does not read % and _ of an address as wildcards', async () => {
    const id = randomUUID();
    const plain = await connect().sync(
      toRequest({ sender: { name: 'A', address: `axb${id}@x.org` } }),
      none(),
    );
    const score = await connect().sync(
      toRequest({ sender: { name: 'B', address: `a_b${id}@x.org` } }),
      none(),
    );
    const percent = await connect().sync(
      toRequest({ sender: { name: 'C', address: `%${id}@x.org` } }),
      none(),
    );
    expect(new Set([plain, score, percent].map((result) => result.partnerId)).size).toBe(3);
  });

  test('refuses a sender that is no single address', async () => {
    for (const address of ['', 'nobody', 'a@x.org,b@y.org', 'a@x.org\nBcc: b@y.org']) {
      const outcome = connect().sync(toRequest({ sender: { name: 'X', address } }), none());
      await expect(outcome).rejects.toMatchObject({ type: 'InvalidInput' });
    }
  });

  test('logs in again when the password was changed back and forth', async () => {
    const odoo = connect({ secret: server.password });
    await odoo.sync(toRequest(), none());
    const users = { model: 'res.users', method: 'load' };
    const change = (secret: string) => ({
      ...users,
      params: { fields: ['.id', 'password'], data: [['2', secret]] },
    });
    await admin.call(change('other'), none());
    await expect(odoo.sync(toRequest(), none())).rejects.toMatchObject({ type: 'AuthenticationFailed' });
    const { url, database, username } = server;
    const other = createXmlRpc({ url, database, username, secret: 'other', timeoutMs: 20_000 });
    await other.call(change('admin'), none());
    await expect(odoo.sync(toRequest(), none())).resolves.toMatchObject({ recordCreated: true });
  });

  test('needs only sales and contact rights, and names a missing one', async () => {
    const groups = ['base.group_user', 'base.group_partner_manager', 'sales_team.group_sale_salesman'];
    const users = { model: 'res.users', method: 'load' };
    const row = (login: string, ids: string[]) => [login, login, 'pass-word', ids.join(',')];
    const params = {
      fields: ['name', 'login', 'password', 'group_ids/id'],
      data: [row('mailroom', groups), row('visitor', groups.slice(0, 1))],
    };
    expect(await admin.call({ ...users, params }, none())).toMatchObject({ messages: [] });
    const { url, database } = server;
    const as = (username: string) =>
      createOdoo({ url, database, username, secret: 'pass-word', timeoutMs: 20_000 });
    for (const kind of ['lead', 'note'] as const) {
      const request = toRequest({ kind });
      const first = await as('mailroom').sync(request, none());
      expect(first).toMatchObject({ partnerCreated: true, recordCreated: true });
      expect(await as('mailroom').sync(request, none())).toMatchObject({ recordCreated: false });
    }
    await expect(as('visitor').sync(toRequest(), none())).rejects.toMatchObject({ type: 'PermissionDenied' });
  });

  test('reports a server that is down', async () => {
    const url = `http://127.0.0.1:${await getPort()}`;
    const odoo = createOdoo({ url, database: 'x', username: 'x', secret: 'x', timeoutMs: 5_000 });
    await expect(odoo.sync(toRequest(), none())).rejects.toMatchObject({ type: 'Unavailable' });
  });
});
