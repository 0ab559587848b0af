import type { AccountState } from './account.ts';
import { splitPullError } from './pull-error.ts';
import { REMOVAL_REASONS } from './removal-reasons.ts';
import { isSignInReason } from './sign-in-needed.ts';
import { wasPausedByPull } from './was-refused.ts';

interface Halted {
  readonly id: string;
  readonly state: AccountState;
  readonly stateReason: string | undefined;
  /** As `joinPullError` has it. */
  readonly lastPullError: string | undefined;
}

/** Why an account is not read, and what its owner does about it; undefined: it is read. */
export function findHalt(facts: Halted) {
  const { id, state, stateReason } = facts;
  if (state === 'active') return undefined;
  if (state === 'paused') return { state, since: undefined, ...toPause(facts) };
  const fix =
    stateReason === REMOVAL_REASONS.delete
      ? 'Nothing is to be done: it is gone once they are.'
      : `Its mail is still there. Delete it too: npm run mailroom -- account remove ${id} --data delete`;
  return { state, since: undefined, reason: stateReason ?? 'No reason was given', fix };
}

function toPause(facts: Halted): { reason: string; fix: string } {
  const { id, stateReason, lastPullError } = facts;
  const resume = `npm run mailroom -- account resume ${id}`;
  // The reason of the pause has the fix in the same sentence; the pull that gave it has them apart.
  const { reason, fix } =
    lastPullError !== undefined && wasPausedByPull(facts)
      ? splitPullError(lastPullError)
      : { reason: stateReason ?? 'No reason was given', fix: undefined };
  if (fix === undefined) return { reason, fix: `Mend that, then: ${resume}` };
  const isResumedByLogin = isSignInReason(stateReason) && fix.includes('account login');
  if (isResumedByLogin) return { reason, fix };
  return { reason, fix: `${fix}${fix.endsWith('.') ? ' Then' : ', then'}: ${resume}` };
}
