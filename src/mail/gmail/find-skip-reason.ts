/** Labels that Gmail itself sets and that say where a message stands. */
const OUTSIDE = { SPAM: 'It is in spam.', TRASH: 'It is in the bin.' } as const;

/** Why a message with these labels is not read, for a person; undefined: it is. `chosen` are ids. */
export function findSkipReason(labelIds: readonly string[], chosen: ReadonlySet<string>): string | undefined {
  const bears = new Set(labelIds);
  if (bears.has('DRAFT')) return 'It is a draft.';
  if (bears.has('CHAT')) return 'It is a chat.';
  // Gmail labels whole conversations: our own answer bears the label of the question.
  if (bears.has('SENT') && !bears.has('INBOX') && !chosen.has('SENT')) return 'It was sent from here.';
  for (const [id, reason] of Object.entries(OUTSIDE)) {
    if (bears.has(id) && !chosen.has(id)) return reason;
  }
  return undefined;
}
