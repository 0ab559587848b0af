import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { ServiceError } from '../../src/domain/service-error.ts';

/**
 * The real path of something to import. Outside of the roots nothing is looked up, so that an answer never tells
 * whether a file exists there; a link that leads out is refused after it was followed.
 * @throws ServiceError InvalidInput, PermissionDenied or NotFound, each with the fix.
 */
export async function resolveImportPath(path: string, roots: readonly string[]): Promise<string> {
  if (!isAbsolute(path)) {
    throw new ServiceError('InvalidInput', '`path` is not absolute', {
      fix: 'Write the path from the root.',
    });
  }
  const realRoots = (await Promise.all(roots.map(findRealPath))).filter((root) => root !== undefined);
  const allowed = [...roots.map((root) => resolve(root)), ...realRoots];
  if (!isWithin(resolve(path), allowed)) throw outside(roots);
  const real = await findRealPath(resolve(path));
  if (real === undefined) {
    throw new ServiceError('NotFound', '`path` names nothing that can be read', {
      fix: 'Check the spelling and the rights of the user that the server runs as.',
    });
  }
  if (!isWithin(real, realRoots)) throw outside(roots);
  return real;
}

async function findRealPath(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}

function isWithin(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => {
    const step = relative(root, path);
    return step !== '..' && !step.startsWith(`..${sep}`) && !isAbsolute(step);
  });
}

function outside(roots: readonly string[]): ServiceError {
  const fix =
    roots.length === 0
      ? 'Set MAILROOM_IMPORT_ROOTS to the folders that may be read, then restart.'
      : 'Use a path below one of the folders in MAILROOM_IMPORT_ROOTS, or add its folder there and restart.';
  return new ServiceError('PermissionDenied', '`path` is not below a folder that may be imported from', {
    fix,
  });
}
