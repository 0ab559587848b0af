import { createHash } from 'node:crypto';
import { ServiceError } from '../../domain/service-error.ts';
import type { MailboxItem } from '../mailbox.ts';
import { composeStructuredMail } from './compose-structured-mail.ts';
import { type CsvLayout, decodeCsv, splitCsvRecord } from './csv-layout.ts';
import type { CsvColumns } from './find-csv-columns.ts';
import { parseStructuredMail } from './parse-structured-mail.ts';
import { toContentKey } from './to-content-key.ts';
import { toFaultItem } from './to-fault-item.ts';
import { toMessageItem } from './to-message-item.ts';

type Cells = Readonly<Record<keyof CsvColumns, string>>;

/** One row to one message; undefined when all its cells are empty. What cannot be read becomes a fault item. */
export async function toCsvItem(
  bytes: Buffer,
  label: string,
  layout: CsvLayout,
  maxMessageBytes: number,
): Promise<MailboxItem | undefined> {
  const key = toContentKey(bytes);
  const refuse = (reason: string) => toFaultItem({ label, key, size: bytes.length, reason });
  const row = split(bytes, layout);
  if (row === undefined) return refuse('It is no row: its quotes do not fit.');
  if (row.every((cell) => cell.trim() === '')) return undefined;
  if (row.slice(layout.width).some((cell) => cell.trim() !== '')) {
    return refuse(
      `It has ${row.length} cells, the first line names ${layout.width}: a delimiter is not quoted.`,
    );
  }
  const cells = toCells(row, layout.columns);
  if (cells.subject === '' && cells.text === '') return refuse('It has neither subject nor body.');
  try {
    const raw = await composeStructuredMail(parseStructuredMail(toFields(cells)));
    const item = toMessageItem(raw, label, maxMessageBytes);
    return item.fault === undefined && cells.id !== '' ? { ...item, providerKey: toRowKey(cells) } : item;
  } catch (error) {
    if (!(error instanceof ServiceError) || error.type !== 'InvalidInput') throw error;
    return refuse(error.message);
  }
}

function split(bytes: Buffer, { charset, delimiter }: CsvLayout): string[] | undefined {
  try {
    return splitCsvRecord(decodeCsv(bytes, charset), delimiter) ?? [];
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) return undefined;
    throw error;
  }
}

function toCells(row: readonly string[], columns: CsvColumns): Cells {
  const cell = (role: keyof CsvColumns) => {
    const index = columns[role];
    return (index === undefined ? undefined : row[index])?.trim() ?? '';
  };
  return {
    subject: cell('subject'),
    text: cell('text'),
    from: cell('from'),
    fromName: cell('fromName'),
    to: cell('to'),
    date: cell('date'),
    id: cell('id'),
  };
}

/** A name without an address says nothing that a message could be answered to: it is left out. */
function toFields({ subject, text, from, fromName, to, date }: Cells): Map<string, unknown> {
  const name = oneLine(fromName);
  const sender = from.includes('@')
    ? name === '' || from.includes('<')
      ? from
      : { name, address: from }
    : '';
  return new Map<string, unknown>([
    ['subject', oneLine(subject)],
    ['text', text],
    ['from', sender],
    ['to', to.includes('@') ? to : ''],
    ['date', date],
  ]);
}

function oneLine(text: string): string {
  return text.split(/\s+/).join(' ').trim();
}

/** Exported again with another state or body it is the same ticket; the same number of another help desk is not. */
function toRowKey({ id, from, date, subject }: Cells): string {
  const hash = createHash('sha256').update(JSON.stringify([id, from.toLowerCase(), date, subject]));
  return `row:${hash.digest('hex')}`;
}
