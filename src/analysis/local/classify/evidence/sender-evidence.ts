import type { Facts } from '../../facts/facts.ts';
import type { Evidence } from './evidence.ts';

const MAILBOXES: readonly [category: string, weight: number, pattern: RegExp][] = [
  ['bounce', 3, /^(?:mailer-daemon|postmaster|mail-daemon)$/],
  [
    'newsletter',
    1.5,
    /^(?:newsletter|news|marketing|promo|promotions|offers|mailing|digest|editor|redaktion)\b/,
  ],
  [
    'notification',
    1.2,
    /^(?:no-?reply|do-?not-?reply|notifications?|alerts?|monitoring|system|jira|github|gitlab|cron|root)\b/,
  ],
  [
    'invoice',
    1,
    /^(?:invoices?|billing|rechnung(?:en)?|facturation|facturacion|fatturazione|faturacao|accounting|buchhaltung)\b/,
  ],
];

/** What the name of the sending mailbox says: `newsletter@`, `mailer-daemon@`. */
export function senderEvidence({ view }: Facts): Evidence[] {
  const mailbox = view.from.address.slice(0, Math.max(0, view.from.address.lastIndexOf('@')));
  return MAILBOXES.filter(([, , pattern]) => pattern.test(mailbox)).map(([category, weight]) => ({
    category,
    weight,
    text: 'the name of the sending mailbox',
  }));
}
