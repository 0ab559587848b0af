import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { LearnedText } from './analysis/learned/list-grams.ts';
import { ServiceError } from './domain/service-error.ts';

export interface LabelledText {
  readonly text: LearnedText;
  readonly label: string;
  readonly caseKey?: string;
}

export interface LabelledFile {
  readonly rows: readonly LabelledText[];
  /** Rows that have no label in the column. */
  readonly unlabelled: number;
}

const MOST_ROWS = 50_000;
const ROW_FIX = 'One JSON object a line: {"subject": "…", "body": "…", "category": "…"}.';

const Row = z.looseObject({
  subject: z.string().nullish(),
  body: z.string().nullish(),
  text: z.string().nullish(),
  group: z.string().nullish(),
});

/**
 * Rows of a JSON Lines file: `subject`, `body` or `text`, the label in `column`, and `group` for rows of one case.
 * Rows without a label are passed over and counted. Throws InvalidInput with the line, or when none has a label.
 */
export async function readLabelledFile(path: string, column: string): Promise<LabelledFile> {
  const rows: LabelledText[] = [];
  const file = await openFile(path);
  const lines = createInterface({
    // One character a byte: each line is decoded by itself, so that one that is no UTF-8 can be named.
    input: file.createReadStream({ encoding: 'latin1' }),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let line = 0;
  let unlabelled = 0;
  let otherwise = 0;
  for await (const bytes of lines) {
    line += 1;
    if (bytes.trim() === '') continue;
    const row = parseRow(Buffer.from(bytes, 'latin1'), `${path}, line ${line}`);
    const label = row[column];
    if (typeof label !== 'string' || label === '') {
      unlabelled += 1;
      if (typeof label !== 'string' && label !== undefined && label !== null) otherwise += 1;
      continue;
    }
    const caseKey = row.group ?? undefined;
    rows.push({
      text: { subject: row.subject ?? '', body: row.body ?? row.text ?? '' },
      label,
      ...(caseKey === undefined ? {} : { caseKey }),
    });
    if (rows.length >= MOST_ROWS) break;
  }
  if (rows.length > 0) return { rows, unlabelled };
  if (unlabelled === 0) throw toEmpty(path);
  throw toUnlabelled(`None of the ${line} lines of ${path} has a "${column}"`, column, otherwise > 0);
}

function toEmpty(path: string): ServiceError {
  return new ServiceError('InvalidInput', `${path} is empty`, { fix: ROW_FIX });
}

/** @param isOther the column is there, and holds a number or the like. */
function toUnlabelled(message: string, column: string, isOther: boolean): ServiceError {
  if (!isOther) {
    return new ServiceError('InvalidInput', message, { fix: 'Name the column of the label with --column.' });
  }
  return new ServiceError('InvalidInput', `${message} that is text`, {
    fix: `Write the label as text, in quotes: {"${column}": "…"}.`,
  });
}

async function openFile(path: string): Promise<FileHandle> {
  const fix = 'Name a file of JSON Lines that is there and may be read.';
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) => {
    throw new ServiceError('InvalidInput', `${path} cannot be read`, { fix, cause });
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new ServiceError('InvalidInput', `${path} is not a regular file`, { fix });
}

function parseRow(bytes: Buffer, place: string): z.infer<typeof Row> {
  if (!isUtf8(bytes)) {
    throw new ServiceError('InvalidInput', `${place}, is not valid UTF-8`, {
      fix: 'Save the file as UTF-8.',
    });
  }
  try {
    return Row.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new ServiceError('InvalidInput', `${place}, is no labelled row`, {
      fix: ROW_FIX,
      cause,
    });
  }
}
