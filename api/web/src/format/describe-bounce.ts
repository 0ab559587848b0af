import type { BounceReason } from '../../../../src/domain/bounce.ts';

const WORDS: Record<BounceReason, string> = {
  authfailure: 'failed the check of the sender (SPF, DKIM, DMARC)',
  badreputation: 'our sending address has a bad name there',
  blocked: 'the sender is blocked there',
  contenterror: 'the content was refused',
  delivered: 'it was delivered',
  exceedlimit: 'over a limit of the recipient’s server',
  expired: 'given up after trying for too long',
  failedstarttls: 'no encrypted connection could be made',
  filtered: 'refused by a filter after it was taken',
  hasmoved: 'the address has moved',
  hostunknown: 'there is no such domain',
  mailboxfull: 'the mailbox is full',
  mailererror: 'the program behind the address failed',
  mesgtoobig: 'the message is too big',
  networkerror: 'the network failed',
  norelaying: 'that server does not pass mail on',
  notaccept: 'that domain takes no mail',
  notcompliantrfc: 'the form of the message was refused',
  onhold: 'on hold there',
  policyviolation: 'against the policy there',
  rejected: 'the sender address was refused',
  requireptr: 'our host name was refused',
  securityerror: 'refused for security',
  spamdetected: 'taken for spam',
  speeding: 'too much mail in too short a time',
  suppressed: 'our sending service holds the address back',
  suspend: 'the mailbox is suspended',
  syntaxerror: 'a fault of the mail protocol',
  systemerror: 'a fault of that server',
  systemfull: 'that server is full',
  toomanyconn: 'too many connections',
  undefined: 'for no reason that could be read',
  userunknown: 'there is no such mailbox',
  virusdetected: 'taken for a virus',
};

/** Why mail came back, for people. */
export function describeBounce(reason: BounceReason): string {
  return WORDS[reason];
}
