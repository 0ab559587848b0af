import type { Classification } from '../../../domain/analysis.ts';
import { isAnswerOwed } from '../../../domain/answer-time.ts';
import type { MessageView } from '../../../domain/message.ts';
import { suspicionReason } from '../../suspicion-reason.ts';

/** Somebody is owed an answer, and no engine suspects anything. */
export function mayHurry(
  { automatic, threat }: Pick<MessageView, 'automatic' | 'threat'>,
  { reasons }: Pick<Classification, 'reasons'>,
): boolean {
  return isAnswerOwed(automatic.kind, threat) && !reasons.some(suspicionReason.is);
}
