import { isObject } from '../../domain/is-object.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { ServiceError } from '../../domain/service-error.ts';

type CursorFields = Readonly<Record<string, string | number>>;

/**
 * Reads a cursor that has the fields of `start`, which is also the cursor at first sight. Every field keeps its
 * type, and `kind` its value. Throws InvalidInput for the cursor of another origin.
 */
export function parseCursor<T extends CursorFields>(cursor: string | undefined, start: T): T {
  if (cursor === undefined) return start;
  const read = parseJson(cursor);
  if (!isObject(read)) throw unusable();
  for (const [field, initial] of Object.entries(start)) {
    const value = read[field];
    const fits = typeof value === typeof initial && (typeof value !== 'number' || isCount(value));
    if (!fits || (field === 'kind' && value !== initial)) throw unusable();
  }
  return read as T;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function unusable(): ServiceError {
  return new ServiceError('InvalidInput', 'The stored position does not belong to this origin.', {
    fix: 'Start a new import; what was read before is recognised as a duplicate.',
  });
}
