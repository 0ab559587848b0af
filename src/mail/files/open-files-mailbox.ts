import { stat } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { ServiceError } from '../../domain/service-error.ts';
import type { Mailbox } from '../mailbox.ts';
import { createCsvMailbox } from './create-csv-mailbox.ts';
import { createFolderMailbox } from './create-folder-mailbox.ts';
import { createJsonMailbox } from './create-json-mailbox.ts';
import { createMboxMailbox } from './create-mbox-mailbox.ts';
import { createNdjsonMailbox } from './create-ndjson-mailbox.ts';
import { listMailFiles } from './list-mail-files.ts';
import { looksLikeMail } from './looks-like-mail.ts';
import { toReadFault } from './to-read-fault.ts';
import { withOpenFile } from './with-open-file.ts';

const ACCEPTED =
  'Give a folder with .eml files, one .eml, an mbox, a JSON array (.json), one JSON object a line (.ndjson) or a table of tickets (.csv).';
const HEAD_BYTES = 8192;

/**
 * A path as a mailbox: a folder of `.eml` files, one `.eml`, an mbox (RFC 4155), a JSON array, NDJSON or CSV. Every
 * item is known by `sha256:<hex>` of its raw bytes. Throws InvalidInput, with what is accepted, for a path that
 * is missing, empty or of another kind; single bad messages become items with a fault.
 */
export async function openFilesMailbox(path: string): Promise<Mailbox> {
  const stats = await stat(path).catch((error: unknown) => {
    const { reason } = toReadFault(error);
    const text = reason.includes('gone') ? 'There is no such file or folder.' : reason;
    throw new ServiceError('InvalidInput', `${path}: ${text}`, { fix: ACCEPTED, cause: error });
  });
  if (stats.isDirectory()) return openFolder(path);
  if (!stats.isFile()) throw unsupported(path);
  return openFile(path, stats.size);
}

async function openFolder(path: string): Promise<Mailbox> {
  const { entries, ignored } = await listMailFiles(path);
  if (entries.length === 0) {
    const others = ignored === 0 ? 'it is empty' : `${ignored} other or hidden file(s) were passed over`;
    throw new ServiceError('InvalidInput', `${path}: no .eml file in this folder; ${others}.`, {
      fix: ACCEPTED,
    });
  }
  return createFolderMailbox(path, async () => (await listMailFiles(path)).entries);
}

async function openFile(path: string, size: number): Promise<Mailbox> {
  const extension = extname(path).toLowerCase();
  // One file is a folder with one name: its faults, an empty file included, are told the same way.
  const one = () =>
    createFolderMailbox(dirname(path), async () => [{ path: basename(path), fault: undefined }]);
  if (extension === '.eml') return one();
  if (size === 0) throw new ServiceError('InvalidInput', `${path}: the file is empty.`, { fix: ACCEPTED });
  const head = await readHead(path);
  const text = head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const first = text.trimStart().charAt(0);
  if (extension === '.csv' || extension === '.tsv') return createCsvMailbox(path);
  if (extension === '.ndjson' || extension === '.jsonl') return createNdjsonMailbox(path);
  if (extension === '.mbox' || text.startsWith('From ')) return createMboxMailbox(path);
  if (first === '[') return createJsonMailbox(path, head.indexOf('[') + 1);
  // An object over several lines is neither: each of its lines would be a fault.
  if (first === '{' && !/^\s*\{\s*\n/.test(text)) return createNdjsonMailbox(path);
  if (extension === '' && looksLikeMail(head)) return one();
  throw unsupported(path);
}

async function readHead(path: string): Promise<Buffer> {
  return withOpenFile(path, async (file) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  });
}

function unsupported(path: string): ServiceError {
  const kind = extname(path) === '' ? 'this kind of file' : extname(path);
  return new ServiceError('InvalidInput', `${path}: ${kind} cannot be imported.`, { fix: ACCEPTED });
}
