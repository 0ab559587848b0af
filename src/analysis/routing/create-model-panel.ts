import { isBudgetSpent } from '../../domain/model-budget.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Engine, ModelPanel } from '../engine.ts';

/**
 * Asks one engine after another until one answers. A bug, and a budget that is spent, end it at once: the next engine
 * would fare the same. Throws the failure of the first engine, whose advice on retrying counts, naming how each fared.
 */
export function createModelPanel(engines: readonly Engine[]): ModelPanel | undefined {
  if (engines.length === 0) return undefined;
  return {
    engines: engines.map(({ provenance }) => provenance.engine),
    async analyse(view, signal, spend) {
      const failures: { engine: string; error: ServiceError }[] = [];
      for (const { provenance, analyse } of engines) {
        try {
          return { reading: await analyse(view, signal, spend), provenance };
        } catch (error) {
          if (!(error instanceof ServiceError) || isFinal(error)) throw error;
          failures.push({ engine: provenance.engine, error });
        }
      }
      throw toOne(failures);
    },
  };
}

function isFinal(error: ServiceError): boolean {
  return error.type === 'Internal' || isBudgetSpent(error);
}

function toOne(failures: readonly { engine: string; error: ServiceError }[]): ServiceError {
  const [first] = failures;
  if (first === undefined) throw new Error('A panel without engines was asked');
  if (failures.length === 1) return first.error;
  const { type, message, fix, retryAfterMs, details } = first.error;
  return new ServiceError(type, message, {
    ...(fix === undefined ? {} : { fix }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    details: {
      ...details,
      engines: failures.map(({ engine, error }) => `${engine} ${error.type}`).join(', '),
    },
    cause: first.error,
  });
}
