import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { FAILURES } from '../../src/domain/failure.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { MailboxPage } from '../../src/mail/mailbox.ts';
import { openSqlMailbox } from '../../src/mail/sql/open-sql-mailbox.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const ROWS = 5;
/** The last of so many cuts comes after the import. */
const AT_ONCE = 8;
const HUNG = Symbol('hung');
const database = `sql_cuts_${randomBytes(4).toString('hex')}`;
let server: { host: string; port: number };
let url: URL;

beforeAll(async () => {
  url = new URL(inject('postgresUrl'));
  server = { host: url.hostname, port: Number(url.port) };
  const admin = postgres(url.href, { max: 1 });
  await admin`create database ${admin(database)}`;
  await admin.end();
  url.pathname = `/${database}`;
  const sql = postgres(url.href, { max: 1 });
  await sql`create table mails as select n as id, convert_to('Subject: n' || n || repeat(E'\r\n', 2) || repeat('x', 5000), 'UTF8') as raw from generate_series(1, ${ROWS}) as n`;
  await sql.end();
});
afterAll(async () => {
  const admin = postgres(inject('postgresUrl'), { max: 1 });
  await admin`drop database if exists ${admin(database)} with (force)`;
  await admin.end();
});

async function readPage(proxy: TcpProxy, cursor: string | undefined): Promise<MailboxPage> {
  const through = new URL(url);
  through.host = `${proxy.host}:${proxy.port}`;
  const mailbox = await openSqlMailbox({ url: through.href, query: 'select id, raw from mails' });
  try {
    const limits = { maxItems: 3, maxBytes: 1_000_000, maxMessageBytes: 50_000 };
    const { signal } = new AbortController();
    return await mailbox.readPage({ cursor, ...limits, signal, onProgress: () => undefined });
  } finally {
    await mailbox.close();
  }
}

/** As a batch does: a mailbox for each page, and once more from the same place when that failed for a while. */
async function importAll(proxy: TcpProxy): Promise<unknown[]> {
  const found: unknown[] = [];
  let cursor: string | undefined;
  for (let failures = 0; failures < 3; ) {
    try {
      const page = await readPage(proxy, cursor);
      found.push(...page.items.map(({ raw }) => /n\d+/.exec(Buffer.from(raw ?? []).toString())?.[0]));
      if (page.done) return found;
      cursor = page.cursor;
    } catch (error) {
      if (!(error instanceof ServiceError) || !FAILURES[error.type].retried) return [error];
      failures += 1;
    }
  }
  return ['It failed again and again'];
}

/** With the connection cut at the nth message that way. */
async function importCut(way: 'up' | 'down', n: number): Promise<{ met: boolean; got: unknown }> {
  const proxy = await startTcpProxy(server);
  let seen = 0;
  proxy.onChunk((_chunk, at) => {
    if (at === way && ++seen === n) proxy.cutAll();
  });
  const got = await Promise.race([importAll(proxy), sleep(10_000, HUNG, { ref: false })]);
  await proxy.stop();
  return { met: seen >= n, got };
}

test.each(['up', 'down'] as const)(
  'an import by SQL loses and doubles no row, and hangs nowhere, whichever message %s its connection is cut at',
  async (way) => {
    const all = Array.from({ length: ROWS }, (_, n) => `n${n + 1}`);
    const wrong: unknown[] = [];
    for (let from = 1, met = true; met; from += AT_ONCE) {
      const cuts = Array.from({ length: AT_ONCE }, (_, n) => importCut(way, from + n));
      for (const [n, cut] of (await Promise.all(cuts)).entries()) {
        met = cut.met;
        if (JSON.stringify(cut.got) !== JSON.stringify(all)) wrong.push([from + n, cut.got]);
      }
    }
    expect(wrong).toEqual([]);
  },
);
