import type { ActivityDependencies } from './dependencies.ts';
import { memoryKey, type Remembered } from './message-memory.ts';

/** From memory, or from Postgres when another worker did the step before. */
export async function recall(
  deps: ActivityDependencies,
  accountId: string,
  messageId: string,
): Promise<Remembered> {
  const known = deps.memory.get(memoryKey(messageId));
  if (known !== undefined) return known;
  const [view, account, chosen, receivedAt] = await Promise.all([
    deps.messages.getView(messageId),
    deps.accounts.get(accountId),
    deps.messages.findChosen(messageId),
    deps.messages.getReceivedAt(messageId),
  ]);
  return { view, account, receivedAt, ...chosen };
}
