import type { z } from 'zod';
import type { UploadedItem } from '../../db/batch-store.ts';
import type { BatchOrigin } from '../../src/domain/batch.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { NewBatch } from '../schemas/batch.ts';
import { resolveImportPath } from './resolve-import-path.ts';

export interface OriginParts {
  readonly origin: BatchOrigin;
  readonly label: string;
  readonly uploads: readonly UploadedItem[];
}

type Needs = Pick<ApiDependencies, 'config' | 'sealer' | 'toRaw'>;

/** Where a new batch reads from, and what was posted with it, sealed. */
export async function toOrigin(
  deps: Needs,
  batchId: string,
  body: z.output<typeof NewBatch>,
): Promise<OriginParts> {
  if (body.path !== undefined) {
    const path = await resolveImportPath(body.path, deps.config.importRoots);
    return { origin: { kind: 'path', path }, label: path, uploads: [] };
  }
  if (body.sql !== undefined) {
    const { host, pathname } = new URL(body.sql.url);
    return { origin: { kind: 'sql', ...body.sql }, label: `SQL query on ${host}${pathname}`, uploads: [] };
  }
  const messages = body.messages ?? [];
  const uploads: UploadedItem[] = [];
  for (const [position, message] of messages.entries()) {
    const bytes = await toRaw(deps, message, position);
    uploads.push({
      label: `item ${position + 1}`,
      bytes: deps.sealer.seal(bytes, `upload/bytes/${batchId}/${position}`),
    });
  }
  return { origin: { kind: 'upload' }, label: `upload of ${messages.length}`, uploads };
}

async function toRaw(deps: Needs, message: unknown, position: number): Promise<Uint8Array> {
  try {
    return await deps.toRaw(message);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const fix = error.fix === undefined ? {} : { fix: error.fix };
    throw new ServiceError(error.type, `messages[${position}]: ${error.message}`, { ...fix, cause: error });
  }
}
