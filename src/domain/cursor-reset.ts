const RESET = 'reset:';

/**
 * Stands in for the cursor of an account that reads another mailbox from now on. It is a cursor like any other to the
 * compare-and-set of the intake, so that a pull of the mailbox before cannot put its own in place any more.
 */
export function toResetCursor(id: string): string {
  return `${RESET}${id}`;
}

/** What the mailbox is given: undefined when it is to be read from its start. */
export function toReadCursor(cursor: string | undefined): string | undefined {
  return cursor?.startsWith(RESET) ? undefined : cursor;
}
