import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../api/paging/cursor.ts';
import { toPage } from '../../../api/paging/to-page.ts';

const at = new Date('2025-03-14T09:26:53.123Z');

test('comes back as it was given', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true }),
      fc.stringMatching(/^[\w/-]{1,100}$/),
      (date, id) => {
        expect(decodeCursor(encodeCursor({ at: date, id }), 'string')).toEqual({ at: date, id });
      },
    ),
  );
  expect(decodeCursor(encodeCursor({ at, id: 7 }), 'number')).toEqual({ at, id: 7 });
});

test('refuses anything else, with the fix', () => {
  const foreign = ['', 'x', '%%', encodeCursor({ at, id: 7 })];
  for (const cursor of foreign) {
    expect(() => decodeCursor(cursor, 'string')).toThrow(expect.objectContaining({ type: 'InvalidInput' }));
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => decodeCursor(text, 'string')).toThrow(expect.objectContaining({ type: 'InvalidInput' }));
    }),
  );
});

test('a page has a next one only when there was one row too many', () => {
  const rows = [1, 2, 3].map((id) => ({ id }));
  const page = (limit: number) =>
    toPage(
      rows,
      limit,
      ({ id }) => ({ at, id }),
      ({ id }) => id,
    );
  expect(page(3)).toEqual({ items: [1, 2, 3], nextCursor: null });
  expect(page(2)).toEqual({ items: [1, 2], nextCursor: encodeCursor({ at, id: 2 }) });
});
