import type { MessageView } from '../../src/domain/message.ts';

/** A message by a person with an address of their own; a test states only what it is about. */
export function messageView(parts: Partial<MessageView> & { readonly text?: string } = {}): MessageView {
  const text = parts.text ?? '';
  return {
    subject: '',
    from: { name: 'Ana Example', address: 'ana@customer.example' },
    to: [{ name: '', address: 'support@company.example' }],
    cc: [],
    replyTo: [],
    messageIdHeader: undefined,
    inReplyTo: undefined,
    references: [],
    // A Wednesday.
    date: new Date('2026-03-04T09:00:00Z'),
    visibleText: text,
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
    ...parts,
    text,
  };
}
