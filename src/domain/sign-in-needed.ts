/** Begins the reason of a pause that only a person who signs in ends. */
export const SIGN_IN_NEEDED = 'Sign-in is needed again';

/** True when an account was paused because its sign-in was refused, by its provider or by the mailbox itself. */
export function isSignInReason(reason: string | undefined): boolean {
  return (
    reason !== undefined &&
    (reason.startsWith(SIGN_IN_NEEDED) || /\brefused the (?:token|login|app)\b/.test(reason))
  );
}
