import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ServiceError } from '../../src/domain/service-error.ts';

export interface RowFile<Row> {
  readonly rows: readonly Row[];
  /** Where the files lie that rows name by their id. */
  readonly folder: string;
}

/**
 * Rows of a .jsonl file, or of the index.jsonl of a folder, or of its only .jsonl. Throws an error that names the line that
 * is no JSON.
 */
export async function readRows<Row>(path: string): Promise<RowFile<Row>> {
  const file = (await stat(path)).isDirectory() ? await findRows(path) : path;
  const lines = (await readFile(file, 'utf8')).split('\n');
  const rows: Row[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    try {
      rows.push(JSON.parse(line) as Row);
    } catch (error) {
      throw new Error(`${file}, line ${index + 1}, is not JSON`, { cause: error });
    }
  }
  return { rows, folder: dirname(file) };
}

async function findRows(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  const name = files.includes('index.jsonl') ? 'index.jsonl' : files[0];
  if (name !== undefined && (files.length === 1 || name === 'index.jsonl')) return join(folder, name);
  throw new ServiceError('InvalidInput', `${folder} holds ${files.length} .jsonl files and no index.jsonl`, {
    fix: 'Name the file of rows itself.',
  });
}

/** The bytes of the file that a row is about. */
export function readSource(folder: string, id: string): Promise<Buffer> {
  return readFile(join(folder, id));
}
