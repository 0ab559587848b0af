import type { Reason } from '../domain/analysis.ts';

const BEGINNING = 'Suspicious: ';

/** The mark of a message that a person has to see. It is part of the reasons, so it survives storage and both engines. */
export const suspicionReason = {
  /** `text` says what was seen, in words of ours or of a model, never of the message. */
  of(text: string): Reason {
    return { text: `${BEGINNING}${text}`, weight: 0 };
  },
  is(reason: Reason): boolean {
    return reason.text.startsWith(BEGINNING);
  },
};
