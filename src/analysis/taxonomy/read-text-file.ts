import { readFileSync } from 'node:fs';
import { ServiceError } from '../../domain/service-error.ts';

/** A file that people write. `name` and `fix` are those of the `InvalidInput` when it cannot be read. */
export function readTextFile(path: string, { name, fix }: { name: string; fix: string }): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ServiceError('InvalidInput', `${name} cannot be read`, { fix, cause });
  }
}
