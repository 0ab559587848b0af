import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { ServiceError } from '../../domain/service-error.ts';
import { toReadFault } from './to-read-fault.ts';

/** Opens a file for one page and closes it again. A file that cannot be read fails as InvalidInput or NotFound. */
export async function withOpenFile<R>(path: string, use: (file: FileHandle) => Promise<R>): Promise<R> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw toFailure(path, error);
  });
  try {
    return await use(file);
  } catch (error) {
    const fromDisk = error instanceof Error && 'syscall' in error;
    throw fromDisk ? toFailure(path, error) : error;
  } finally {
    await file.close();
  }
}

function toFailure(path: string, error: unknown): ServiceError {
  const { type, reason } = toReadFault(error);
  return new ServiceError(type, `${basename(path)}: ${reason}`, {
    fix: 'Give the path of a file that this process may read.',
    cause: error,
  });
}
