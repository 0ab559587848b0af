import type { Reason } from '../../domain/analysis.ts';

const BEGINNING = 'The text talks to the machine that sorts it';

/** The mark that a message tried to steer its own triage. It survives storage, so later steps can ask for it. */
export const injectionReason = {
  /** `phrase` is one of our own, never text of the message. */
  of(phrase: string): Reason {
    return { text: `${BEGINNING} ("${phrase}"): treated as suspicious, not obeyed`, weight: 0 };
  },
  is(reason: Reason): boolean {
    return reason.text.startsWith(BEGINNING);
  },
};
