import { createHash } from 'node:crypto';
import { isObject } from '../../../domain/is-object.ts';
import { parseJson } from '../../../domain/parse-json.ts';
import { ServiceError } from '../../../domain/service-error.ts';

/** How far a watched tree was read. */
export interface TreeCursor {
  readonly kind: 'tree';
  /** Unix time in ms at which the last complete pass began; 0: there was none. */
  readonly syncedAt: number;
  /** What was put there before is left alone; 0: nothing is. Set at first sight, for good. */
  readonly since: number;
  /** The path behind which this pass goes on; empty: it begins. */
  readonly after: string;
  /** When this pass began; 0: it did not. */
  readonly began: number;
  /** Within the container at `after`: its fingerprint and its own cursor. */
  readonly inside: { readonly print: string; readonly cursor: string } | null;
  /** Fingerprints of the containers that were read to their end. */
  readonly read: readonly string[];
}

/** Older ones are read again when they are met, and known by their content. */
const MOST_PRINTS = 2_000;

export function parseTreeCursor(text: string | undefined, since: Date | undefined): TreeCursor {
  if (text === undefined) {
    return {
      kind: 'tree',
      syncedAt: 0,
      since: since?.getTime() ?? 0,
      after: '',
      began: 0,
      inside: null,
      read: [],
    };
  }
  const value = parseJson(text);
  if (!isObject(value)) throw unusable();
  if (value.kind === 'tree' && Array.isArray(value.read) && typeof value.after === 'string') {
    return value as unknown as TreeCursor;
  }
  throw unusable();
}

/** A file of this path with this content, in 16 letters. */
export function toPrint(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 16);
}

export function withPrint(read: readonly string[], print: string): readonly string[] {
  return [...read.filter((one) => one !== print), print].slice(-MOST_PRINTS);
}

function unusable(): ServiceError {
  return new ServiceError('InvalidInput', 'The stored position does not belong to a folder', {
    fix: 'Switch the account to its folder anew: `npm run mailroom -- account switch`.',
  });
}
