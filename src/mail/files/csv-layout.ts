import type { FileHandle } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { ServiceError } from '../../domain/service-error.ts';
import { type CsvColumns, findCsvColumns } from './find-csv-columns.ts';
import { findRecordEnd } from './find-record-end.ts';

export interface CsvLayout {
  readonly charset: 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';
  readonly delimiter: string;
  readonly columns: CsvColumns;
  /** How many the header names. */
  readonly width: number;
  /** Offset of the first row. */
  readonly start: number;
}

const HEAD_BYTES = 256 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];
const FIX =
  'The first line names the columns: subject, body, from, date, id. At least subject or body is needed.';

/** Reads how the file is written from its first bytes. Throws InvalidInput when no column holds a subject or a body. */
export async function readCsvLayout(file: FileHandle, name: string): Promise<CsvLayout> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const head = buffer.subarray(0, bytesRead);
  const { charset, bom } = findCharset(head);
  const shape = { unit: unitOf(charset), isBigEndian: charset === 'utf-16be' };
  // Whatever it is, the first line is the same with every delimiter unless a quoted name holds a line break.
  const end = findRecordEnd(head, bom, { ...shape, delimiter: ',' }).end;
  if (end === undefined && bytesRead === HEAD_BYTES) throw unusable(name, 'its first line does not end');
  const line = decodeCsv(head.subarray(bom, end ?? bytesRead), charset);
  const delimiter = guessDelimiter(line);
  const names = splitCsvRecord(line, delimiter);
  if (names === undefined) throw unusable(name, 'its first line is no row of names');
  const columns = findCsvColumns(names);
  if (columns.subject === undefined && columns.text === undefined) {
    const shown = names.slice(0, 20).map((one) => one.slice(0, 40));
    throw unusable(name, `no column holds a subject or a body; it has ${shown.join(', ')}`);
  }
  return { charset, delimiter, columns, width: names.length, start: end ?? bytesRead };
}

export function decodeCsv(bytes: Uint8Array, charset: CsvLayout['charset']): string {
  return new TextDecoder(charset).decode(bytes);
}

/** The cells of one row; undefined when it is none. */
export function splitCsvRecord(text: string, delimiter: string): string[] | undefined {
  const rows = parse(text, {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  return rows.length === 1 ? rows[0] : undefined;
}

export function unitOf(charset: CsvLayout['charset']): 1 | 2 {
  return charset === 'utf-16le' || charset === 'utf-16be' ? 2 : 1;
}

function findCharset(head: Buffer): { charset: CsvLayout['charset']; bom: number } {
  if (head[0] === 0xff && head[1] === 0xfe) return { charset: 'utf-16le', bom: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { charset: 'utf-16be', bom: 2 };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { charset: 'utf-8', bom: 3 };
  // Names of columns are mostly ASCII: in UTF-16 every other byte is zero.
  if (head[0] !== 0 && head[1] === 0) return { charset: 'utf-16le', bom: 0 };
  if (head[0] === 0 && head[1] !== 0) return { charset: 'utf-16be', bom: 0 };
  return { charset: isUtf8(head) ? 'utf-8' : 'windows-1252', bom: 0 };
}

/** The last character may be cut off. */
function isUtf8(head: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function guessDelimiter(line: string): string {
  const counts = DELIMITERS.map((one) => line.split(one).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function unusable(name: string, why: string): ServiceError {
  return new ServiceError('InvalidInput', `${name} is no table of tickets: ${why}`, { fix: FIX });
}
