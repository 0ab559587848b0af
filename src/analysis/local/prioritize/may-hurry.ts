import type { Classification } from '../../../domain/analysis.ts';
import type { MessageView } from '../../../domain/message.ts';
import { isFlagged } from '../../../domain/threat.ts';
import { suspicionReason } from '../../suspicion-reason.ts';

/** Nobody owes an answer to a machine, or to whoever may be an attacker. */
export function mayHurry(
  { automatic, threat }: Pick<MessageView, 'automatic' | 'threat'>,
  { reasons }: Pick<Classification, 'reasons'>,
): boolean {
  return automatic.kind === 'person' && !isFlagged(threat) && !reasons.some(suspicionReason.is);
}
