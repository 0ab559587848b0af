import type { MessageView } from '../../domain/message.ts';
import type { LearnedText } from './list-grams.ts';

/** What a mail is learned from and decided by: what its sender wrote, without quotes; all of it when that is nothing. */
export function toLearnedText(view: Pick<MessageView, 'subject' | 'visibleText' | 'text'>): LearnedText {
  return { subject: view.subject, body: view.visibleText.trim() === '' ? view.text : view.visibleText };
}
