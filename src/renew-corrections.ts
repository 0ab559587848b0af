import type { Embedder } from './analysis/embedding/embedder.ts';
import { toMeanings } from './analysis/learned/meaning/to-meanings.ts';
import { toLearnedText } from './analysis/learned/to-learned-text.ts';
import type { Stores } from './create-stores.ts';
import type { LearnedField } from './domain/learning.ts';
import { openStoredGrams, toExample } from './sealed-learning.ts';
import type { Sealer } from './security/seal.ts';

/** As many as are trained on. */
const MOST = 6000;

export interface Renewing {
  readonly stores: Pick<Stores, 'learning' | 'messages'>;
  readonly sealer: Sealer;
  readonly embedder?: Embedder | undefined;
}

/** Corrections that an earlier version stored are made anew from their messages: a person need not say it twice. */
export async function renewCorrections(
  { stores: { learning, messages }, sealer, embedder }: Renewing,
  accountId: string,
  field: LearnedField,
): Promise<void> {
  const corrections = await learning.listExamples(accountId, field, MOST, 'correction');
  // The oldest first: the latest stays the latest.
  for (const one of corrections.reverse()) {
    const { messageId } = one;
    if (messageId === null || openStoredGrams(one, sealer) !== undefined) continue;
    const view = await messages.findView(messageId);
    if (view === undefined) continue;
    const text = toLearnedText(view);
    const [meaning] = await toMeanings(embedder, [text]);
    const { key, caseKey, label, origin } = one;
    const given = { accountId, messageId, field, key, caseKey, label, origin, text, meaning };
    await learning.saveExamples([toExample(given, sealer)]);
  }
}
