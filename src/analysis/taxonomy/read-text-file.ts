import { closeSync, openSync, readSync } from 'node:fs';
import { ServiceError } from '../../domain/service-error.ts';

/** UTF-8 of a million characters, the most that any of these files may hold. */
const MOST_BYTES = 3_000_000;

/** A file that people write. `name` and `fix` are those of the `InvalidInput` when it cannot be read, or is no such file. */
export function readTextFile(path: string, { name, fix }: { name: string; fix: string }): string {
  const bytes = readAtMost(path, MOST_BYTES + 1, (cause) => {
    return new ServiceError('InvalidInput', `${name} cannot be read`, { fix, cause });
  });
  if (bytes.length <= MOST_BYTES) return bytes.toString('utf8');
  throw new ServiceError('InvalidInput', `${name} is larger than ${MOST_BYTES} bytes`, { fix });
}

/** What is longer is never held whole: a device or a dump that was named by mistake would fill the memory. */
function readAtMost(path: string, most: number, toError: (cause: unknown) => Error): Buffer {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const bytes = Buffer.allocUnsafe(most);
    let end = 0;
    for (let read = -1; read !== 0 && end < most; end += read) {
      read = readSync(file, bytes, end, most - end, null);
    }
    return bytes.subarray(0, end);
  } catch (cause) {
    throw toError(cause);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
