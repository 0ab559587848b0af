import type { AccountState } from './account.ts';
import { splitPullError } from './pull-error.ts';
import { isSignInReason } from './sign-in-needed.ts';

interface Pause {
  readonly state: AccountState;
  readonly stateReason: string | undefined;
  /** As `joinPullError` has it. */
  readonly lastPullError: string | undefined;
}

/** The pause of a pull that failed gives the very words of that pull; a person gives others. */
export function wasPausedByPull({ state, stateReason, lastPullError }: Pause): boolean {
  return (
    state === 'paused' &&
    lastPullError !== undefined &&
    stateReason?.startsWith(splitPullError(lastPullError).reason) === true
  );
}

/** Paused because its password, token or consent was refused, not by a person. */
export function wasRefused(pause: Pause): boolean {
  return wasPausedByPull(pause) || (pause.state === 'paused' && isSignInReason(pause.stateReason));
}
