import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '../../src/create-stores.ts';
import { openExplainer, type PlanNode } from './support/explain.ts';
import { openStores, type TestStores } from './support/open-stores.ts';

const ROWS = 20_000;
let stores: TestStores;
let explain: (work: (each: Stores) => Promise<unknown>) => Promise<PlanNode[]>;
let close: () => Promise<void>;

beforeAll(async () => {
  stores = await openStores();
  await fill(stores);
  const explainer = await openExplainer(stores.url);
  explain = explainer.explain;
  close = explainer.close;
});
afterAll(async () => {
  await close();
  await stores.close();
});

/** A mailbox of some size: every filter has a value that few rows carry. */
async function fill({ sql }: TestStores): Promise<void> {
  await sql.unsafe(`
    insert into account (id, kind, name, address, mode)
      select 'account-' || n, 'imap', 'A', '', 'auto' from generate_series(1, 20) n;
    insert into batch (id, account_id, kind, label, max_concurrent_operations, created_at, state)
      select 'batch-' || n, 'account-1', 'import', 'b', 10, now() - n * interval '1 minute', 'completed'
      from generate_series(1, 2000) n;
    insert into source (sha256, bytes, size)
      select 'sha-' || n, '\\x00', 1 from generate_series(1, ${ROWS}) n;
    insert into message (id, account_id, provider_key, source_sha256, content_hash, batch_id, label, size, state,
        outcome, received_at, settled_at, category, priority, language, conversation_id, subject,
        needs_person)
      select 'm-' || n, 'account-' || (1 + n % 20), 'key-' || n, 'sha-' || n, 'hash-' || n, 'batch-' || (1 + n % 2000),
        'l', 1, case when n % 400 = 0 then 'parked' when n % 401 = 0 then 'quarantined' else 'settled' end,
        case when n % 401 = 0 then 'quarantined' else 'processed' end, now() - n * interval '1 minute',
        now() - n * interval '1 minute',
        case when n % 400 = 0 then 'rare' else 'category-' || n % 5 end,
        case when n % 400 = 0 then 'URGENT' else 'NORMAL' end,
        case when n % 400 = 0 then 'fi' else 'en' end, 'c-' || n / 3, 'subject ' || n,
        case when n % 400 = 0 then 'two reads disagree' end
      from generate_series(1, ${ROWS}) n;
    insert into message_body (message_id, subject, sender, text, visible_text, details)
      select 'm-' || n, 'subject ' || n, 'sender ' || n % 100, 'text', 'common words and unique' || n, '{}'
      from generate_series(1, ${ROWS}) n;
    insert into analysis (message_id, provenance, classification, priority, summary, findings)
      select 'm-' || n, '{}', jsonb_build_object('category', 'category-1', 'labels', case when n % 400 = 0
        then '[{"category": "rare", "confidence": 0.5}]' when n % 2 = 0
        then '[{"category": "common", "confidence": 0.5}]' else '[]' end::jsonb), '{}', '{}', '{}'
      from generate_series(1, ${ROWS}) n;
    insert into batch_item (batch_id, position, page, provider_key, label, outcome, message_id)
      select 'batch-' || (1 + n % 2000), n / 2000, 0, 'key-' || n, 'l', 'accepted', 'm-' || n
      from generate_series(1, ${ROWS}) n;
    insert into draft (id, message_id, account_id, state, sender, recipients, cc, subject, text, "references", hash,
        automatic, created_at)
      select 'd-' || n, 'm-' || n, 'account-1', case when n % 100 = 0 then 'pending' else 'approved' end, '{}', '[]',
        '[]', 's', 't', '[]', 'h', false, now() - n * interval '1 minute' from generate_series(1, 5000) n;
    insert into delivery (id, draft_id, message_id_header, state)
      select 'x-' || n, 'd-' || n, 'h-' || n, case when n % 500 = 0 then 'UNKNOWN' else 'SENT' end
      from generate_series(1, 5000) n;
    insert into quarantine (account_id, message_id, label, stage, failure_type, reason, resolved_at)
      select 'account-' || (1 + n % 20), 'm-' || n, 'l', 'read', 'Internal', 'r',
        case when n % 50 = 0 then null else now() end from generate_series(1, 5000) n;`);
  await sql`vacuum analyze`;
}

const LARGE = [
  'message',
  'message_body',
  'analysis',
  'batch_item',
  'source',
  'draft',
  'delivery',
  'quarantine',
  'batch',
];
function scanned(nodes: readonly PlanNode[]): string[] {
  return nodes.flatMap((node) => {
    const table = node['Relation Name'];
    return node['Node Type'] === 'Seq Scan' && table !== undefined && LARGE.includes(table) ? [table] : [];
  });
}

const after = { receivedAt: new Date(Date.now() - 8_000_000), id: 'm-7' };
const queries: [string, (each: Stores) => Promise<unknown>][] = [
  ['the newest messages', (s) => s.messageList.list({ limit: 50 })],
  ['the next page', (s) => s.messageList.list({ limit: 50, after })],
  ['an account', (s) => s.messageList.list({ accountId: 'account-7', limit: 50, after })],
  ['a batch', (s) => s.messageList.list({ batchId: 'batch-7', limit: 50 })],
  ['a rare category', (s) => s.messageList.list({ category: 'rare', limit: 50, after })],
  ['a common category', (s) => s.messageList.list({ category: 'category-1', limit: 50 })],
  ['no such category', (s) => s.messageList.list({ category: 'none', limit: 50 })],
  ['a rare label', (s) => s.messageList.list({ label: 'rare', limit: 50, after })],
  ['a common label', (s) => s.messageList.list({ label: 'common', limit: 50 })],
  ['no such label', (s) => s.messageList.list({ label: 'none', limit: 50 })],
  ['a priority', (s) => s.messageList.list({ priority: 'URGENT', limit: 50 })],
  ['a state', (s) => s.messageList.list({ state: 'quarantined', limit: 50 })],
  ['what needs a person', (s) => s.messageList.list({ needsPerson: true, limit: 50 })],
  ['what is overdue', (s) => s.messageList.list({ overdue: true, limit: 50 })],
  ['how much needs a person', (s) => s.messageList.countNeedingPerson()],
  ['an outcome', (s) => s.messageList.list({ outcome: 'quarantined', limit: 50 })],
  ['a conversation as filter', (s) => s.messageList.list({ conversationId: 'c-77', limit: 50 })],
  ['a conversation', (s) => s.messageList.listConversation('c-77', 100)],
  ['a common language', (s) => s.messageList.list({ language: 'en', limit: 50 })],
  ['a rare word', (s) => s.messageList.list({ search: 'unique777', limit: 50 })],
  [
    'a rare word in an account',
    (s) => s.messageList.list({ search: 'unique777', accountId: 'account-7', limit: 50 }),
  ],
  ['a phrase', (s) => s.messageList.list({ search: '"and unique777"', limit: 50 })],
  ['one message', (s) => s.messageList.get('m-77')],
  ['the counts of a batch', (s) => s.messageList.count({ batchId: 'batch-7' })],
  ['what a batch stands for', (s) => s.messageList.countBatchItems('batch-7')],
  ['the batches with totals', (s) => s.batches.list({ limit: 20 })],
  ['the batches of an account', (s) => s.batches.list({ accountId: 'account-1', limit: 20 })],
  ['one batch', (s) => s.batches.get('batch-7')],
  ['the pending drafts', (s) => s.drafts.list({ state: 'pending', limit: 20 })],
  ['the unknown deliveries', (s) => s.drafts.list({ deliveryState: 'UNKNOWN', limit: 20 })],
  ['one draft', (s) => s.drafts.get('d-77')],
  ['the draft of a message', (s) => s.drafts.findByMessage('m-77')],
  ['what is open in quarantine', (s) => s.quarantine.list({ open: true, limit: 20 })],
  ['what of a batch is in quarantine', (s) => s.quarantine.countOfBatch('batch-7')],
  ['the entry of a message', (s) => s.quarantine.resolveMessage('m-50', 'skipped')],
  ['what every account shows', (s) => s.accountFacts.count()],
  ['what an account has taken in', (s) => s.intake.findTaken('account-7')],
  ['a source', (s) => s.messages.getSource('m-77')],
  ['a view', (s) => s.messages.getView('m-77').catch(() => undefined)],
  ['what is known', (s) => s.intake.findKnown('account-7', ['key-6', 'key-26'])],
  ['what was forgotten', (s) => s.intake.findForgotten('account-1', 10, 100)],
  ['what a sweep looks through', (s) => s.orphans.listUnfinished({ parkedForMs: 0, limit: 10 })],
  [
    'a committed page',
    (s) =>
      s.intake
        .openPage({ accountId: 'account-1', batchId: 'batch-7', kind: 'import', page: 0 })
        .catch(() => undefined),
  ],
];

describe('over twenty thousand messages', () => {
  it.each(queries)('%s is found by an index', async (_what, work) => {
    const nodes = await explain(work);
    expect(nodes.length).toBeGreaterThan(0);
    expect(scanned(nodes)).toEqual([]);
  });

  it('a search uses the search index, and a list the order of its index', async () => {
    const search = await explain((s) => s.messageList.list({ search: 'unique777', limit: 50 }));
    expect(search.map((node) => node['Index Name'])).toContain('message_body_search');
    const list = await explain((s) => s.messageList.list({ accountId: 'account-7', limit: 50, after }));
    expect(list.map((node) => node['Node Type'])).not.toContain('Sort');
    const sweep = await explain((s) =>
      s.orphans.listUnfinished({ parkedForMs: 0, limit: 10, after: { parkedAt: new Date(0), id: '' } }),
    );
    expect(sweep.map((node) => node['Index Name'])).toContain('message_unfinished');
    expect(sweep.map((node) => node['Node Type'])).not.toContain('Sort');
    const open = await explain((s) => s.quarantine.list({ open: true, limit: 20 }));
    expect(open.map((node) => node['Node Type'])).not.toContain('Sort');
  });

  it('this test sees a scan where there is one', async () => {
    const nodes = await explain((s) => s.messageList.count());
    expect(scanned(nodes)).toEqual(['message']);
  });
});
