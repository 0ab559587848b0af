import { describe, expect, it } from 'vitest';
import { joinPullError } from '../../../src/domain/pull-error.ts';
import { wasPausedByPull, wasRefused } from '../../../src/domain/was-refused.ts';

const FAULT = 'The server refused the login';
const paused = {
  state: 'paused',
  stateReason: `${FAULT}. Check it.`,
  lastPullError: joinPullError(FAULT, 'Check it.'),
} as const;

describe('a pause for a sign-in that was refused', () => {
  it.each([
    ['gives the words of the pull that failed', paused, true, true],
    [
      'may be for a consent that was taken back',
      { ...paused, stateReason: 'Sign-in is needed again', lastPullError: undefined },
      false,
      true,
    ],
    ['is not that of a person', { ...paused, stateReason: 'holiday' }, false, false],
    ['is over once the account is read', { ...paused, state: 'active' }, false, false],
    ['is none of an account that was removed', { ...paused, state: 'removed' }, false, false],
  ] as const)('%s', (_what, pause, byPull, refused) => {
    expect([wasPausedByPull(pause), wasRefused(pause)]).toEqual([byPull, refused]);
  });
});
