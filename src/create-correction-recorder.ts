import { toLearnedText } from './analysis/learned/to-learned-text.ts';
import type { Stores } from './create-stores.ts';
import type { Correction } from './domain/learning.ts';
import { ServiceError } from './domain/service-error.ts';
import { toExample } from './sealed-learning.ts';
import type { Sealer } from './security/seal.ts';

/** Keeps what a person decided as an example of its account. A message that was not read yet teaches nothing. */
export function createCorrectionRecorder(
  { messages, learning }: Pick<Stores, 'messages' | 'learning'>,
  sealer: Sealer,
): (correction: Correction) => Promise<void> {
  return async ({ accountId, messageId, field, label }) => {
    const view = await messages.getView(messageId).catch((error: unknown) => {
      if (error instanceof ServiceError && error.type === 'NotFound') return undefined;
      throw error;
    });
    if (view === undefined) return;
    const given = {
      accountId,
      messageId,
      field,
      label,
      origin: 'correction',
      text: toLearnedText(view),
    } as const;
    await learning.saveExamples([toExample(given, sealer)]);
  };
}
