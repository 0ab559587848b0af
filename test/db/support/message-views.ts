import type { MessageView } from '../../../src/domain/message.ts';

/** A plain mail from Ada, read. */
export function view(facts: Partial<MessageView> = {}): MessageView {
  return {
    subject: 'Offer',
    from: { name: 'Ada', address: 'ada@example.com' },
    to: [{ name: '', address: 'sales@example.org' }],
    cc: [],
    replyTo: [],
    messageIdHeader: undefined,
    inReplyTo: undefined,
    references: [],
    date: new Date('2026-03-01T10:00:00Z'),
    text: 'Please send an offer.',
    visibleText: 'Please send an offer.',
    inlineAnswers: false,
    html: undefined,
    language: 'en',
    automatic: { kind: 'person', reasons: [] },
    attachments: [],
    pii: [],
    events: [],
    protection: [],
    incomplete: false,
    warnings: [],
    ...facts,
  };
}
