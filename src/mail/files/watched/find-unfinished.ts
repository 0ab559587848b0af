import { type FileHandle, open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { toReadFault } from '../to-read-fault.ts';
import { toDiskPath } from './disk-name.ts';
import type { FileEntry } from './file-entry.ts';
import { isSettled } from './is-settled.ts';

const HEAD_BYTES = 16 * 1024;
const TAIL_BYTES = 4 * 1024;
/** RFC 2046 5.1.1: at most 70 characters. */
const BOUNDARY = /^content-type:[ \t]*multipart\/[^\r\n]{0,500}(?:\r?\n[ \t][^\r\n]{0,500}){0,5}/im;
const PARAMETER = /\bboundary=(?:"([^"\r\n]{1,70})"|([^\s";]{1,70}))/i;

/**
 * Marks what was written a moment ago and does not end as a whole file does: rows, mails and mboxes with a line break,
 * JSON with a bracket, a multipart mail with its closing boundary. Only those young files are opened.
 */
export async function findUnfinished(
  root: string,
  entries: readonly FileEntry[],
  now: number,
): Promise<readonly FileEntry[]> {
  const marked: FileEntry[] = [];
  for (const entry of entries) {
    const isYoung = isSettled(entry, now) && !isSettled({ ...entry, isUnfinished: true }, now);
    const isAsked = isYoung && entry.skipped === undefined && entry.fault === undefined && entry.size > 0;
    marked.push(isAsked && !(await isWhole(root, entry.path)) ? { ...entry, isUnfinished: true } : entry);
  }
  return marked;
}

/** Of what cannot be read the reading tells. */
async function isWhole(root: string, path: string): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    file = await open(toDiskPath(join(root, path)), 'r');
    const { size } = await file.stat();
    const tail = await readAt(file, Math.max(0, size - TAIL_BYTES), TAIL_BYTES);
    const extension = extname(path).toLowerCase();
    if (extension === '.json') return /[\]}]$/.test(tail.trimEnd());
    // UTF-16 tables: a line break of two bytes.
    if (!tail.endsWith('\n') && !tail.endsWith('\n\0')) return false;
    return extension !== '.eml' || isClosed(await readAt(file, 0, HEAD_BYTES), tail);
  } catch (error) {
    toReadFault(error);
    return true;
  } finally {
    await file?.close();
  }
}

function isClosed(head: string, tail: string): boolean {
  const [headers = ''] = head.split(/\r?\n\r?\n/, 1);
  const [, quoted, bare] = PARAMETER.exec(BOUNDARY.exec(headers)?.[0] ?? '') ?? [];
  const boundary = quoted ?? bare;
  return boundary === undefined || tail.includes(`--${boundary}--`);
}

async function readAt(file: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.toString('latin1', 0, bytesRead);
}
