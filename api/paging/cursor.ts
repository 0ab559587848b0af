import { z } from 'zod';
import { parseJson } from '../../src/domain/parse-json.ts';
import { ServiceError } from '../../src/domain/service-error.ts';

/** Where a page ends: the time and the id of its last row. */
export interface PageKey<Id extends string | number> {
  readonly at: Date;
  readonly id: Id;
}

const Key = z.tuple([z.iso.datetime(), z.union([z.string().max(200), z.number().int().nonnegative()])]);

export function encodeCursor(key: PageKey<string | number>): string {
  return Buffer.from(JSON.stringify([key.at.toISOString(), key.id])).toString('base64url');
}

/** @throws ServiceError InvalidInput for anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string, idType: 'string'): PageKey<string>;
export function decodeCursor(cursor: string, idType: 'number'): PageKey<number>;
export function decodeCursor(cursor: string, idType: 'string' | 'number'): PageKey<string | number> {
  const parsed = Key.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success) throw unknownCursor();
  const [at, id] = parsed.data;
  if (typeof id !== idType || (typeof id === 'string' && id.includes('\0'))) throw unknownCursor();
  return { at: new Date(at), id };
}

function unknownCursor(): ServiceError {
  return new ServiceError('InvalidInput', '`cursor` was not made by this list', {
    fix: 'Give back `nextCursor` of the page before, unchanged, or leave it out.',
  });
}
