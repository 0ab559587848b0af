import type { Message, MessageDetail } from '../../api/schemas/message.ts';
import { ago } from './fixture-messages.ts';

const UNVERIFIED: NonNullable<MessageDetail['threat']> = {
  trust: 'unverified',
  score: 0.5,
  symbols: [{ name: 'NO_AUTHENTICATION', score: 0.5, reason: 'our own receiver says nothing of the sender' }],
};
/** By category. */
const THREATS: Readonly<Record<string, MessageDetail['threat']>> = {
  outage: {
    trust: 'verified',
    score: -2,
    symbols: [{ name: 'DMARC_PASS', score: -2, reason: 'DMARC passed for solent.example' }],
  },
  phishing: {
    trust: 'dangerous',
    score: 9.5,
    symbols: [
      { name: 'DMARC_FAIL', score: 3, reason: 'DMARC failed for secure-login.example' },
      { name: 'CREDENTIAL_WORDING', score: 3.5, reason: 'asks to confirm a password' },
      { name: 'LINK_TEXT_MISMATCH', score: 3, reason: 'a link shows harborline.example and leads elsewhere' },
      { name: 'KNOWN_SENDER', score: 0, reason: 'never wrote before' },
    ],
  },
};
export const EVENT: NonNullable<MessageDetail['body']>['events'][number] = {
  method: 'REQUEST',
  uid: 'dealer-day@harborline.example',
  sequence: 1,
  summary: 'Dealer day: planning',
  location: 'Quay 4, Southampton',
  description: '',
  start: '2026-03-12T09:30:00',
  end: '2026-03-12T11:00:00',
  timeZone: 'Europe/London',
  status: 'CONFIRMED',
  recurrence: null,
  organizer: { name: 'Ines Prado', address: 'ines@fair.example' },
  attendees: [
    { name: 'Harborline Support', address: 'support@harborline.example', answer: 'NEEDS-ACTION' },
    { name: 'Ines Prado', address: 'ines@fair.example', answer: 'ACCEPTED' },
  ],
};

/** The report of the list is about the reply to its first message that was sent. */
export function toAutomatic({ automatic, id }: Message): NonNullable<MessageDetail['body']>['automatic'] {
  const kind = automatic ?? 'person';
  const bounce = {
    recipients: [
      { address: 'info@old-harbour.example', status: '5.1.1', reason: 'userunknown' as const, hard: true },
      { address: 'sales@old-harbour.example', status: '5.2.2', reason: 'mailboxfull' as const, hard: false },
    ],
    originalMessageId: `reply-${id}@harborline.example`,
    reply: { draftId: 'd-m0004', messageId: 'm0004', subject: 'Re: Commande de 12 balises AIS' },
  };
  return {
    kind,
    reasons: kind === 'bounce' ? ['Content-Type: multipart/report'] : [],
    bounce: kind === 'bounce' ? bounce : null,
    feedback: null,
  };
}

export function toThreat({ category }: Message): MessageDetail['threat'] {
  return THREATS[category ?? ''] ?? UNVERIFIED;
}

/** The reply to the fourth message came back, as the eighth reports. */
export function toBounces({ id, from }: Message): NonNullable<MessageDetail['draft']>['bounces'] {
  if (id !== 'm0004') return [];
  const { address } = from;
  const recipients = [{ address, status: '5.1.1', reason: 'userunknown' as const, hard: true }];
  return [{ messageId: 'm0008', reportedAt: ago(0.2), recipients }];
}
