import type { WriteReply } from '../activities/dependencies.ts';
import { asWritten } from './domain/forwarded-from.ts';
import type { Taxonomy } from './domain/taxonomy.ts';
import { composeReply } from './mail/compose/compose-reply.ts';
import { renderReply } from './mail/compose/render-reply.ts';

/** Acknowledges a message in its own language with the taxonomy's text. */
export function createReplyWriter(taxonomy: Taxonomy): WriteReply {
  return ({ view: received, account, category, summary }) => {
    const written = asWritten(received);
    const view = { ...written, subject: received.forwardedFrom?.subject || written.subject };
    if (account.address === '') return { refusal: 'the account has no address to answer from' };
    const template = taxonomy.replies[view.language] ?? taxonomy.replies.en;
    if (template === undefined) return { refusal: 'the taxonomy holds no reply text' };
    const text = renderReply(template, {
      name: view.from.name,
      subject: view.subject,
      summary: summary?.line ?? view.subject,
    });
    const composition = composeReply({
      view,
      accountAddress: { name: account.name, address: account.address },
      text,
      automatic: category.reply === 'auto',
    });
    return composition.kind === 'reply' ? composition.reply : { refusal: composition.reason };
  };
}
