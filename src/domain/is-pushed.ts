import type { Account } from './account.ts';

/** Whether mail is taken in as soon as its provider tells of it. What is pulled by hand only is not. */
export function isPushed({ state, mode, push }: Pick<Account, 'state' | 'mode' | 'push'>): boolean {
  return state === 'active' && mode !== 'manual' && push !== false;
}
