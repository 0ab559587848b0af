import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { messageWorkflowId } from '../../src/contract/workflow-ids.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { startDovecot } from '../support/dovecot/start-dovecot.ts';
import { generateMail } from '../support/generate-mail.ts';
import { expectSmallHistory } from '../support/inspect-history.ts';
import { findOdoo } from '../support/odoo/find-odoo.ts';
import { startOdoo } from '../support/odoo/start-odoo.ts';
import { startSmtpServer } from '../support/smtp/start-smtp-server.ts';
import { startTestMailroom, type TestMailroom } from '../support/start-mailroom.ts';

const dovecot = findDovecot();
const odoo = findOdoo();
const missing = [...('skipped' in dovecot ? [dovecot.skipped] : []), ...('skip' in odoo ? [odoo.skip] : [])];

const ACCOUNT = 'support';
const USER = 'support@harborline.example';
const PASSWORD = 'correct horse';
const RESTING = new Set(['settled', 'awaiting-approval']);

describeUnless(missing.join('; ') || undefined, 'the whole chain on Dovecot, Odoo and an SMTP server', () => {
  const undo: (() => Promise<unknown>)[] = [];
  let room: TestMailroom;
  let imap: Awaited<ReturnType<typeof startDovecot>>;
  let smtp: Awaited<ReturnType<typeof startSmtpServer>>;

  beforeAll(async () => {
    if ('skip' in odoo) return;
    const [mailServer, crm, outgoing] = await Promise.all([
      startDovecot(),
      startOdoo(odoo),
      startSmtpServer({ security: 'starttls' }),
    ]);
    imap = mailServer;
    smtp = outgoing;
    undo.push(
      () => imap.stop(),
      () => crm.stop(),
      () => smtp.stop(),
    );
    imap.addUser(USER, PASSWORD);
    room = await startTestMailroom({
      ODOO_URL: crm.url,
      ODOO_DATABASE: crm.database,
      ODOO_USERNAME: crm.username,
      ODOO_SECRET: crm.password,
      SMTP_HOST: smtp.settings.host,
      SMTP_PORT: String(smtp.settings.port),
      SMTP_SECURITY: 'starttls',
      SMTP_ALLOW_SELF_SIGNED: 'true',
    });
    undo.unshift(() => room.stop());
  });

  afterAll(async () => {
    for (const step of undo) await step();
  });

  test('a mail is fetched, read, decided, synced, drafted, approved and sent once', async () => {
    await imap.append(USER, 'INBOX', generateMail(7, 1));
    const added = await post('/api/accounts', {
      id: ACCOUNT,
      kind: 'imap',
      name: 'Harborline Support',
      address: USER,
      mode: 'hybrid',
      pullEverySeconds: 3600,
      imap: imapSettings(),
      secret: PASSWORD,
    });
    expect(added.status, await added.clone().text()).toBe(201);
    expect((await post(`/api/accounts/${ACCOUNT}/pull`, {})).ok).toBe(true);
    const { items } = await until(
      '/api/messages',
      (list: MessageList) => list.items[0]?.state === 'awaiting-approval',
    );
    const message = await get<MessageDetail>(`/api/messages/${items[0]?.id}`);
    expect(message.analysis?.classification.reasons.length).toBeGreaterThan(0);
    expect(message.partnerSync?.url).toContain('http');
    expect(smtp.received).toHaveLength(0);

    const draft = message.draft;
    if (draft === undefined || draft === null) throw new Error('no draft');
    expect((await post(`/api/drafts/${draft.id}/approve`, { hash: 'f'.repeat(64) })).status).toBe(409);
    expect((await post(`/api/drafts/${draft.id}/approve`, { hash: draft.hash })).ok).toBe(true);
    await until(`/api/messages/${message.id}`, (detail: MessageDetail) => detail.outcome === 'sent');
    expect(smtp.received).toHaveLength(1);
    expect(smtp.received[0]?.raw.toString()).toContain('In-Reply-To: <7.1@customers.example>');
    // A second click is harmless.
    expect((await post(`/api/drafts/${draft.id}/approve`, { hash: draft.hash })).ok).toBe(true);
    expect(smtp.received).toHaveLength(1);
  });

  test('a second pull finds nothing new; a re-uploaded copy is a duplicate', async () => {
    await imap.append(USER, 'INBOX', generateMail(7, 1));
    expect((await post(`/api/accounts/${ACCOUNT}/pull`, {})).ok).toBe(true);
    const { items } = await until('/api/batches', (list: BatchList) => list.items.length === 2);
    expect(items[0]?.totals).toMatchObject({ messages: 1, duplicates: 1, accepted: 0 });
    expect((await get<MessageList>('/api/messages')).items).toHaveLength(1);
  });

  test('no history holds more than 60 events, 32 KB or an address, whatever the mail', async () => {
    await imap.append(USER, 'INBOX', ...Array.from({ length: 24 }, (_, index) => generateMail(7, index + 2)));
    expect((await post(`/api/accounts/${ACCOUNT}/pull`, {})).ok).toBe(true);
    const { items } = await until(
      '/api/messages?limit=100',
      (list: MessageList) => list.items.length === 25 && list.items.every(({ state }) => RESTING.has(state)),
    );
    for (const { id } of items) {
      const handle = room.context.client.workflow.getHandle(messageWorkflowId(ACCOUNT, id));
      await expectSmallHistory(handle, undefined, ['customers.example', 'harborline.example']);
    }
  });

  test('a refused password pauses the account and says why', async () => {
    imap.addUser('other@harborline.example', 'right');
    await post('/api/accounts', {
      id: 'locked-out',
      kind: 'imap',
      name: 'Other',
      address: 'other@harborline.example',
      mode: 'manual',
      imap: { ...imapSettings(), username: 'other@harborline.example' },
      secret: 'wrong',
    });
    await post('/api/accounts/locked-out/pull', {});
    const account = await until('/api/accounts/locked-out', (row: AccountDetail) => row.state === 'paused');
    expect(account.stateReason).toMatch(/password|login|credential|refused/i);
    expect((await get<AccountDetail>(`/api/accounts/${ACCOUNT}`)).state).toBe('active');
  });

  function imapSettings() {
    return {
      host: imap.host,
      port: imap.port,
      security: 'starttls',
      username: USER,
      folders: ['INBOX'],
      allowSelfSigned: true,
    };
  }

  function post(path: string, body: object): Promise<Response> {
    return fetch(room.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async function get<T>(path: string): Promise<T> {
    return (await (await fetch(room.url + path)).json()) as T;
  }

  async function until<T>(path: string, holds: (value: T) => boolean): Promise<T> {
    return vi.waitFor(
      async () => {
        const value = await get<T>(path);
        if (!holds(value)) throw new Error(`not yet: ${JSON.stringify(value).slice(0, 2000)}`);
        return value;
      },
      { timeout: 40_000, interval: 200 },
    );
  }
});

interface MessageList {
  readonly items: readonly { readonly id: string; readonly state: string }[];
}

interface MessageDetail {
  readonly id: string;
  readonly outcome: string | null;
  readonly analysis?: { readonly classification: { readonly reasons: readonly unknown[] } } | null;
  readonly partnerSync?: { readonly url: string } | null;
  readonly draft?: { readonly id: string; readonly hash: string } | null;
}

interface BatchList {
  readonly items: readonly { readonly totals: Readonly<Record<string, number>> }[];
}

interface AccountDetail {
  readonly state: string;
  readonly stateReason: string | null;
}
