import type { Embedder } from './analysis/embedding/embedder.ts';
import { toMeanings } from './analysis/learned/meaning/to-meanings.ts';
import { toLearnedText } from './analysis/learned/to-learned-text.ts';
import type { Stores } from './create-stores.ts';
import type { Correction } from './domain/learning.ts';
import { senderKeyOf } from './domain/sender-key.ts';
import { toExample } from './sealed-learning.ts';
import type { Sealer } from './security/seal.ts';

/** Keeps what a person decided as an example of its account. A message that was not read yet teaches nothing. */
export function createCorrectionRecorder(
  { messages, learning, senderDecisions }: Pick<Stores, 'messages' | 'learning' | 'senderDecisions'>,
  sealer: Sealer,
  embedder?: Embedder,
): (correction: Correction) => Promise<void> {
  return async ({ accountId, messageId, field, label }) => {
    const view = await messages.findView(messageId);
    if (view === undefined) return;
    const text = toLearnedText(view);
    const [meaning] = await toMeanings(embedder, [text]);
    const given = {
      accountId,
      messageId,
      field,
      label,
      origin: 'correction',
      text,
      meaning,
    } as const;
    await learning.saveExamples([toExample(given, sealer)]);
    const sender = senderKeyOf(view, field);
    if (sender !== undefined) await senderDecisions.save({ accountId, messageId, field, label, sender });
  };
}
