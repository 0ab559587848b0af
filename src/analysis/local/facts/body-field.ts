import type { MessageView } from '../../../domain/message.ts';

/** Which text of a view is read as its body: answers between quoted lines lose their questions in the visible text. */
export function bodyField(view: MessageView): 'visibleText' | 'text' {
  return view.inlineAnswers || view.visibleText.trim() === '' ? 'text' : 'visibleText';
}
