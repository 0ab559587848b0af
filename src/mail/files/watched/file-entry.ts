import { createHash } from 'node:crypto';
import { isUtf8Name, toDiskPath } from './disk-name.ts';

/** One file of a watched tree. */
export interface FileEntry {
  /** Relative to the root, with `/`. What is not UTF-8 in it is kept as `fromDiskName` has it. */
  readonly path: string;
  /** message: one message. container: mbox, JSON or CSV, with many. other: neither, it is skipped. */
  readonly kind: 'message' | 'container' | 'other';
  /** Of a message: its provider key. Of a container: changes with its content. */
  readonly key: string;
  readonly size: number;
  /** When it was last written or put here, the later of both. */
  readonly changedAt: Date;
  /** When it was delivered; undefined: what the message says of itself counts. */
  readonly receivedAt: Date | undefined;
  /** It appears under its name only once it is whole. */
  readonly isAtomic: boolean;
  /** It was written just now, and its end does not look like one. */
  readonly isUnfinished?: boolean;
  /** Why it is left alone on purpose. */
  readonly skipped: string | undefined;
  /** Why it cannot be read. */
  readonly fault: string | undefined;
}

/** Keys have 300 characters at most. */
const LONGEST_PATH = 200;

/** `file:<path>;<size>;<mtime in ms>`: a file that is written anew is another message. */
export function toFileKey(path: string, size: number, mtimeMs: number): string {
  return `file:${shorten(path)};${size};${Math.floor(mtimeMs)}`;
}

/** `other:<path>`: what is no mail is known by its place. */
export function toOtherKey(path: string): string {
  return `other:${shorten(path)}`;
}

/** The unique name of a Maildir message: its flags, and whether it is new, are no part of it. */
export function toMaildirKey(fileName: string): string {
  const [unique = fileName] = fileName.split(':');
  return `maildir:${shorten(unique)}`;
}

function shorten(name: string): string {
  if (name.length <= LONGEST_PATH && isUtf8Name(name)) return name;
  return `~${createHash('sha256').update(toDiskPath(name)).digest('hex')}`;
}
