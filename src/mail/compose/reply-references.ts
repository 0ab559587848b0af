import type { MessageView } from '../../domain/message.ts';

/** Enough for any client to thread; a hostile header would otherwise grow with every answer. */
const MAX_REFERENCES = 20;
const USABLE_ID = /^[^\s<>\p{Cc}]{1,500}$/u;

/**
 * The parent's References and the parent's id (RFC 5322 3.6.4); its In-Reply-To where it has no References.
 * Capped: the root and the latest stay. Ids are without angle brackets.
 */
export function replyReferences(
  view: Pick<MessageView, 'references' | 'inReplyTo' | 'messageIdHeader'>,
): readonly string[] {
  const parents = view.references.length > 0 ? view.references : [view.inReplyTo];
  const ids = new Set<string>();
  for (const id of [...parents, view.messageIdHeader]) {
    if (id === undefined || !USABLE_ID.test(id)) continue;
    ids.delete(id);
    ids.add(id);
  }
  const all = [...ids];
  return all.length <= MAX_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(1 - MAX_REFERENCES)];
}
