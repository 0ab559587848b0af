import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface RowFile<Row> {
  readonly rows: readonly Row[];
  /** Where the files lie that rows name by their id. */
  readonly folder: string;
}

/** Rows of a .jsonl file, or of the index.jsonl of a folder. Throws an error that names the line that is no JSON. */
export async function readRows<Row>(path: string): Promise<RowFile<Row>> {
  const file = (await stat(path)).isDirectory() ? join(path, 'index.jsonl') : path;
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

/** The bytes of the file that a row is about. */
export function readSource(folder: string, id: string): Promise<Buffer> {
  return readFile(join(folder, id));
}
