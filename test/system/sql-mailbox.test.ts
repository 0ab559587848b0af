import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import type { Mailbox, MailboxItem, PageRequest } from '../../src/mail/mailbox.ts';
import { openSqlMailbox } from '../../src/mail/sql/open-sql-mailbox.ts';

const mail = (name: string): string => `From: ada@example.com\r\nSubject: ${name}\r\n\r\nHello\r\n`;
const subjects = (items: readonly MailboxItem[]): (string | undefined)[] =>
  items.map((item) => /^Subject: (.*)\r$/m.exec(Buffer.from(item.raw ?? []).toString())?.[1]);

function ask(changes: Partial<PageRequest> = {}): PageRequest {
  const limits = { maxItems: 3, maxBytes: 1_000_000, maxMessageBytes: 50_000 };
  return {
    cursor: undefined,
    ...limits,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...changes,
  };
}

describe('a PostgreSQL query as a mailbox', () => {
  const database = `sql_mailbox_${randomBytes(4).toString('hex')}`;
  let url: string;
  let sql: postgres.Sql;

  beforeAll(async () => {
    const admin = new URL(inject('postgresUrl'));
    const server = postgres(admin.href, { max: 1 });
    await server`create database ${server(database)}`;
    await server.end();
    admin.pathname = `/${database}`;
    url = admin.href;
    sql = postgres(url, { max: 1, onnotice: () => undefined });
    await sql`create table mails (id bigint primary key, raw bytea, who text, body text, at timestamptz)`;
    for (let i = 1; i <= 10; i++) {
      const at = new Date(Date.UTC(2024, 0, i));
      await sql`insert into mails values (${i}, ${Buffer.from(mail(`n${i}`))}, ${`p${i}@example.com`}, ${`b${i}`}, ${at})`;
    }
  });
  afterAll(async () => {
    await sql.end();
    const server = postgres(inject('postgresUrl'), { max: 1 });
    await server`drop database if exists ${server(database)} with (force)`;
    await server.end();
  });

  async function open(query: string, address = url): Promise<Mailbox> {
    const mailbox = await openSqlMailbox({ url: address, query });
    onTestFinished(() => mailbox.close());
    return mailbox;
  }

  async function readAll(mailbox: Mailbox, changes: Partial<PageRequest> = {}): Promise<MailboxItem[]> {
    const items: MailboxItem[] = [];
    for (let cursor = changes.cursor; ; ) {
      const page = await mailbox.readPage(ask({ ...changes, cursor }));
      expect(await mailbox.readPage(ask({ ...changes, cursor }))).toEqual(page);
      items.push(...page.items);
      cursor = page.cursor;
      if (page.done) return items;
    }
  }

  const all = Array.from({ length: 10 }, (_, i) => `n${i + 1}`);

  test('pages by id, whatever is deleted or added meanwhile', async () => {
    const mailbox = await open('select id, raw from mails order by random() -- all of them');
    expect(subjects(await readAll(mailbox))).toEqual(all);
    const first = await mailbox.readPage(ask());
    await sql`delete from mails where id = 2`;
    await sql`insert into mails values (11, ${Buffer.from(mail('n11'))})`;
    expect(subjects(await readAll(mailbox, { cursor: first.cursor }))).toEqual([...all.slice(3), 'n11']);
    await sql`delete from mails where id = 11`;
    await sql`insert into mails values (2, ${Buffer.from(mail('n2'))}, 'p2@example.com', 'b2', '2024-01-02Z')`;
  });

  test('counts rows when there is no id', async () => {
    const mailbox = await open("select convert_from(raw, 'UTF8') as raw from mails order by id desc;");
    expect(subjects(await readAll(mailbox, { maxItems: 4 }))).toEqual([...all].reverse());
  });

  test('composes mail from columns, with dates in UTC', async () => {
    const query = `select id, who as "from", 'desk@example.com' as "to", 'About ' || id as subject, body as text,
      at as date, '<' || id || '@x>' as message_id from mails`;
    const items = await readAll(await open(query));
    expect(subjects(items)).toEqual(all.map((name) => `About ${name.slice(1)}`));
    const text = Buffer.from(items[1]?.raw ?? []).toString();
    expect(text).toContain('Date: Tue, 02 Jan 2024 00:00:00 +0000');
    expect(text).toContain('Message-ID: <2@x>');
  });

  test('never loads a row over the limit, and reports NULL and what is no mail', async () => {
    const query = `select 1 as id, convert_to(repeat('x', 60000), 'UTF8') as raw union all select 2, null
      union all select 3, '\\x00ff' union all select 4, raw from mails where id = 1`;
    const items = await readAll(await open(query));
    expect(items.map((item) => item.fault?.reason)).toEqual([
      'It has 60000 bytes; the limit is 50000.',
      '`raw` is NULL.',
      expect.stringContaining('not an e-mail'),
      undefined,
    ]);
    expect(items[3]?.label).toBe('row 4, id 4');
  });

  test('ends a page at maxBytes', async () => {
    const mailbox = await open('select id, raw from mails');
    expect((await mailbox.readPage(ask({ maxItems: 100, maxBytes: 90 }))).items).toHaveLength(2);
    expect(await readAll(mailbox, { maxBytes: 1 })).toHaveLength(10);
  });

  test('refuses ids by which rows would be passed over', async () => {
    for (const query of ['select 1 as id, raw from mails', 'select null::int as id, raw from mails']) {
      const mailbox = await open(query);
      await expect(mailbox.readPage(ask())).rejects.toMatchObject({ type: 'InvalidInput' });
    }
  });

  test('says what is wrong with the query, and never changes anything', async () => {
    const bad = {
      'selec raw from mails': /syntax error/,
      'select raw from nowhere': /does not exist/,
      'select id, at from mails': /gives no message: id, at/,
      'select raw from mails) as q; drop table mails; --': /./,
      'delete from mails returning raw': /./,
      'with gone as (delete from mails returning raw) select raw from gone': /./,
    };
    for (const [query, message] of Object.entries(bad)) {
      const attempt = open(query).then((mailbox) => mailbox.readPage(ask()));
      await expect(attempt, query).rejects.toMatchObject({
        type: 'InvalidInput',
        message: expect.stringMatching(message),
      });
    }
    expect(await sql`select 1 from mails`).toHaveLength(10);
  });

  test('says what is wrong with the URL and never shows its password', async () => {
    const wrong = new URL(url);
    wrong.password = 'hunter2-secret';
    const closed = new URL(wrong);
    closed.port = '1';
    const noDatabase = new URL(url);
    noDatabase.pathname = '/missing';
    const attempts = [
      ['mysql://root:hunter2-secret@db/mail', 'InvalidInput'],
      ['postgres://:hunter2-secret@db/mail', 'InvalidInput'],
      ['hunter2-secret', 'InvalidInput'],
      [wrong.href, 'AuthenticationFailed'],
      [closed.href, 'Unavailable'],
      [noDatabase.href, 'InvalidInput'],
    ];
    for (const [address, type] of attempts) {
      const failure: unknown = await openSqlMailbox({
        url: address ?? '',
        query: 'select raw from mails',
      }).catch((error: unknown) => error);
      expect(failure, address).toMatchObject({ type });
      expect(`${String(failure)} ${JSON.stringify(failure)}`).not.toContain('hunter2');
    }
  });

  test('stops when it is told to', async () => {
    const mailbox = await open('select raw from mails where pg_sleep(30) is not null');
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(mailbox.readPage(ask({ signal: stop.signal }))).rejects.toThrow('enough');
  });
});
