import { ServiceError } from '../../src/domain/service-error.ts';
import { resolveImportPath } from './resolve-import-path.ts';

/** A folder that is watched through the API lies below those that may be imported from; as its real path. */
export async function withAllowedFolder<
  B extends { readonly kind: string; readonly files?: { readonly path: string } | undefined },
>(body: B, roots: readonly string[]): Promise<B> {
  if (body.files === undefined) return body;
  try {
    const path = await resolveImportPath(body.files.path, roots);
    return { ...body, files: { ...body.files, path } };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const fix = error.fix === undefined ? {} : { fix: error.fix };
    throw new ServiceError(error.type, `files.path: ${error.message}`, { ...fix, cause: error });
  }
}
