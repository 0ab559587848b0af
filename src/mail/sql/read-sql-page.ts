import type { TransactionSql } from 'postgres';
import { ServiceError } from '../../domain/service-error.ts';
import { createPageCollector } from '../files/create-page-collector.ts';
import { parseCursor } from '../files/parse-cursor.ts';
import { toFaultItem } from '../files/to-fault-item.ts';
import { toJsonItem } from '../files/to-json-item.ts';
import { toJsonTextLimit } from '../files/to-json-text-limit.ts';
import { toMessageItem } from '../files/to-message-item.ts';
import type { MailboxItem, MailboxPage, PageRequest } from '../mailbox.ts';
import type { QueryPlan } from './plan-query.ts';

interface Row {
  readonly id: string;
  readonly size: string | null;
  readonly bytes: Buffer | null;
}

const START = { kind: 'sql', rows: 0, id: '' };
/** Rows that the server sends at once: they are in memory together. */
const BATCH = 10;

/** One page inside a read-only transaction, through a server-side cursor that stops when the page is full. */
export async function readSqlPage(
  tx: TransactionSql,
  plan: QueryPlan,
  request: PageRequest,
): Promise<MailboxPage> {
  const start = parseCursor(request.cursor, { ...START, kind: `sql-${plan.paging}` });
  if (start.rows === 0 && plan.badId !== undefined) await checkIds(tx, plan.badId);
  const largest = plan.shape === 'raw' ? request.maxMessageBytes : toJsonTextLimit(request.maxMessageBytes);
  const after = plan.paging === 'id' ? start.id : String(start.rows);
  const values = [String(largest), String(request.maxItems), ...(start.rows === 0 ? [] : [after])];
  const page = createPageCollector(request);
  const position = { ...start };
  let full = false;
  const query = tx.unsafe<Row[]>(start.rows === 0 ? plan.first : plan.next, values);
  const abort = () => query.cancel();
  request.signal.addEventListener('abort', abort, { once: true });
  try {
    for await (const batch of query.cursor(BATCH)) {
      for (const row of batch) {
        request.signal.throwIfAborted();
        position.rows++;
        position.id = row.id;
        full = page.add(await toItem(row, position.rows, plan, request.maxMessageBytes));
        if (full) break;
      }
      if (full) break;
    }
  } finally {
    request.signal.removeEventListener('abort', abort);
  }
  return { items: page.items, cursor: JSON.stringify(position), done: !full, total: undefined };
}

async function toItem(
  row: Row,
  number: number,
  plan: QueryPlan,
  maxMessageBytes: number,
): Promise<MailboxItem> {
  const label = plan.paging === 'id' ? `row ${number}, id ${row.id.slice(0, 100)}` : `row ${number}`;
  if (row.size === null) return toFaultItem({ label, reason: '`raw` is NULL.' });
  const size = Number(row.size);
  if (row.bytes === null) {
    return toFaultItem({ label, size, reason: `It has ${size} bytes; the limit is ${maxMessageBytes}.` });
  }
  if (plan.shape === 'raw') return toMessageItem(row.bytes, label, maxMessageBytes);
  return toJsonItem({ text: row.bytes, size, key: undefined }, label, maxMessageBytes);
}

async function checkIds(tx: TransactionSql, badId: string): Promise<void> {
  const [bad] = await tx.unsafe<{ id: string | null }[]>(badId, []);
  if (bad === undefined) return;
  const text = bad.id === null ? 'An `id` is NULL' : 'An `id` comes twice';
  throw new ServiceError('InvalidInput', `${text}: rows would be passed over.`, {
    fix: 'Select a unique `id` that is not NULL, or no column of this name.',
  });
}
