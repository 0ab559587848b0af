import type { ModelSummary } from '../../db/learning-store.ts';
import { ServiceError } from '../domain/service-error.ts';
import { isLoadable } from '../models/install-runtime.ts';
import { listModels } from '../models/list-models.ts';

/** The sentence model that is used, or how to add one: it is no fault to have none. Throws when it cannot run. */
export async function describeSentenceModel(modelsFolder: string): Promise<string> {
  const [used] = await listModels(modelsFolder);
  if (used === undefined)
    return 'none, and none is needed; to add one: npm run mailroom -- models add minilm';
  if (isLoadable(modelsFolder)) return `${used.name} (${used.source}), added ${used.addedAt.slice(0, 10)}`;
  throw new ServiceError('NotFound', `${used.name} is there, and what runs it is not`, {
    fix: `npm run mailroom -- models remove ${used.name}, then: npm run mailroom -- models add minilm, or what it was added from`,
  });
}

/** What accounts were taught, or how to teach one. */
export function describeLearnedModels(models: readonly ModelSummary[]): string {
  if (models.length === 0)
    return 'none; to teach an account: npm run mailroom -- learn --account ID --file FILE';
  return models
    .map(
      ({ accountId, field, version, rows, trainedAt }) =>
        `${accountId} ${field} ${version} (${rows} rows, ${trainedAt.toISOString().slice(0, 10)})`,
    )
    .join('\n');
}
