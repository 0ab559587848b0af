import { encodeCursor, type PageKey } from './cursor.ts';

/** Makes a page of rows that were asked for with `limit + 1`: the one too many tells that there are more. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toKey: (row: Row) => PageKey<string | number>,
  toItem: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(toKey(last)) : null;
  return { items: shown.map(toItem), nextCursor };
}
