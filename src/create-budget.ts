import type { Logger } from 'pino';
import type { OpenBudget } from '../activities/dependencies.ts';
import type { SpendStore } from '../db/spend-store.ts';
import { budgetSpent } from './domain/model-budget.ts';

export interface BudgetSettings {
  /** For accounts without a budget of their own; undefined: no limit. */
  readonly tokensPerDay: number | undefined;
  /** 0 to 1: the share of the day that only undecided mail may take. */
  readonly undecidedShare: number;
}

/**
 * The budget of an account for calls to models. What a call is reckoned to take is set aside before it and corrected after:
 * a whole fleet that asks at once goes over by one call at most, and a worker that dies leaves its call paid.
 */
export function createBudget(
  store: Pick<SpendStore, 'reserve' | 'settle'>,
  settings: BudgetSettings,
  logger: Pick<Logger, 'warn'>,
): OpenBudget {
  return ({ id, modelTokensPerDay }, { isUndecided } = { isUndecided: true }) => {
    const whole = modelTokensPerDay ?? settings.tokensPerDay;
    const share = isUndecided ? 1 : 1 - settings.undecidedShare;
    const limit = whole === undefined ? undefined : Math.floor(whole * share);
    return {
      async reserve(tokens) {
        const day = await store.reserve(id, tokens, limit, whole);
        if (day === undefined) throw budgetSpent(limit ?? 0, isUndecided);
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
