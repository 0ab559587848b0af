import type { MessageView } from '../../../src/domain/message.ts';
import { messageView } from '../../support/message-view.ts';

/** A plain mail from Ada, read. */
export function view(facts: Partial<MessageView> = {}): MessageView {
  return messageView({
    subject: 'Offer',
    from: { name: 'Ada', address: 'ada@example.com' },
    to: [{ name: '', address: 'sales@example.org' }],
    date: new Date('2026-03-01T10:00:00Z'),
    text: 'Please send an offer.',
    ...facts,
  });
}
