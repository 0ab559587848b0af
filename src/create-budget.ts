import type { Logger } from 'pino';
import type { SpendStore } from '../db/spend-store.ts';
import type { Spend } from './analysis/engine.ts';
import type { Account } from './domain/account.ts';
import { budgetSpent } from './domain/model-budget.ts';

export type OpenBudget = (account: Pick<Account, 'id' | 'modelTokensPerDay'>) => Spend;

/**
 * The budget of an account for calls to models. What a call is reckoned to take is set aside before it and corrected after:
 * a whole fleet that asks at once goes over by one call at most, and a worker that dies leaves its call paid.
 */
export function createBudget(
  store: Pick<SpendStore, 'reserve' | 'settle'>,
  usualTokensPerDay: number | undefined,
  logger: Pick<Logger, 'warn'>,
): OpenBudget {
  return ({ id, modelTokensPerDay }) => {
    const limit = modelTokensPerDay ?? usualTokensPerDay;
    return {
      async reserve(tokens) {
        const day = await store.reserve(id, tokens, limit);
        if (day === undefined) throw budgetSpent(limit ?? 0);
        return async (taken) => {
          if (taken === undefined || taken === tokens) return;
          await store.settle(id, day, taken - tokens).catch((error: unknown) => {
            logger.warn(
              { err: error, accountId: id, day, reserved: tokens, taken },
              'What a model call took was not written down; its estimate counts',
            );
          });
        };
      },
    };
  };
}
