import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { ServiceError } from '../../domain/service-error.ts';

/** UTF-8 of a million characters, the most that any of these files may hold. */
const MOST_BYTES = 3_000_000;

/** A file that people write. `name` and `fix` are those of the `InvalidInput` when it cannot be read, or is no such file. */
export function readTextFile(path: string, { name, fix }: { name: string; fix: string }): string {
  const bytes = readAtMost(path, MOST_BYTES + 1, (why, cause) => {
    return new ServiceError('InvalidInput', `${name} ${why}`, { fix, cause });
  });
  if (bytes.length > MOST_BYTES) {
    throw new ServiceError('InvalidInput', `${name} is larger than ${MOST_BYTES} bytes`, { fix });
  }
  // Half a text in Latin-1 would be read as one with marks of replacement in it, without a word.
  if (!isUtf8(bytes)) {
    throw new ServiceError('InvalidInput', `${name} is not valid UTF-8`, { fix: 'Save it as UTF-8.' });
  }
  return bytes.toString('utf8');
}

/** What is longer is never held whole: a dump that was named by mistake would fill the memory. */
function readAtMost(path: string, most: number, toError: (why: string, cause?: unknown) => Error): Buffer {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would hold the whole process, signals too.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if (!fstatSync(file).isFile()) throw toError('is not a regular file');
    const bytes = Buffer.allocUnsafe(most);
    let end = 0;
    for (let read = -1; read !== 0 && end < most; end += read) {
      read = readSync(file, bytes, end, most - end, null);
    }
    return bytes.subarray(0, end);
  } catch (cause) {
    throw cause instanceof ServiceError ? cause : toError('cannot be read', cause);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
