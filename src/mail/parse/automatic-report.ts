import type { AutomaticVerdict } from '../../domain/message.ts';
import { type AutomaticEvidence, judgeAutomatic } from './automatic-verdict.ts';
import { readBounce } from './bounce/read-bounce.ts';
import { readFeedback } from './bounce/read-feedback.ts';
import type { MimePart } from './mime-part.ts';

/** The verdict, and for reports what they say: of each recipient of a bounce, or of a complaint. */
export function readAutomatic(root: MimePart, evidence: AutomaticEvidence): AutomaticVerdict {
  const verdict = judgeAutomatic(evidence);
  if (evidence.partTypes.includes('message/feedback-report') || isProgramComplaint(evidence)) {
    const feedback = readFeedback(root);
    if (feedback) return { ...verdict, feedback };
  }
  return verdict.kind === 'bounce' ? { ...verdict, bounce: readBounce(root, evidence) } : verdict;
}

// SNS mails the complaints of Amazon SES as JSON, under an ordinary sender.
function isProgramComplaint({ from, text }: AutomaticEvidence): boolean {
  return from.endsWith('.amazonaws.com') && text.includes('notificationType');
}
