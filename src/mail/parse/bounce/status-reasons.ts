import type { BounceReason } from '../../../domain/bounce.ts';

/** What an enhanced status code means when nothing else tells (RFC 3463, 5248, 7372, 7505 and the IANA registry). */
const REASON_OF_STATUS: Readonly<Partial<Record<BounceReason, string>>> = {
  delivered: '2.1.5',
  hasmoved: '4.1.6 5.1.6 5.7.17 5.7.18',
  rejected: '4.1.7 4.1.8 5.1.7 5.1.8',
  systemerror: '4.1.9 4.3.3 4.3.5 4.4.3 4.5.3 4.5.5 5.1.9 5.3.0 5.3.3 5.3.5 5.4.3 5.5.4 5.5.5',
  blocked: '4.2.1 4.7.1 4.7.2',
  mailboxfull: '4.2.2 5.2.2',
  exceedlimit: '4.2.3 5.2.3',
  filtered: '4.2.4 5.1.4 5.2.0 5.2.1 5.2.4',
  systemfull: '4.3.1 4.4.5 5.3.1',
  notaccept: '4.3.2 5.1.10 5.3.2 5.7.27',
  expired: '4.4.1 4.4.7',
  networkerror: '4.4.2 4.4.4 4.4.6 4.4.8 5.4.0',
  contenterror: '4.6.0 4.6.2 4.6.5 5.6.0 5.6.1 5.6.2 5.6.3 5.6.5 5.6.6 5.6.7 5.6.8 5.6.9',
  securityerror:
    '4.7.5 4.7.6 4.7.7 4.7.12 4.7.15 5.7.0 5.7.1 5.7.2 5.7.3 5.7.4 5.7.5 5.7.6 5.7.7 5.7.8 5.7.9 5.7.10 5.7.11 5.7.14 5.7.15 5.7.19',
  mesgtoobig: '4.7.16 5.3.4 5.7.16',
  authfailure: '4.7.24 4.7.26 5.7.20 5.7.21 5.7.22 5.7.23 5.7.24 5.7.26 5.7.29',
  requireptr: '4.7.25 5.7.25',
  userunknown: '5.1.0 5.1.1 5.1.3',
  hostunknown: '5.1.2 5.4.4',
  syntaxerror: '5.5.2 5.5.6',
  toomanyconn: '5.5.3',
  suspend: '5.7.13',
  spamdetected: '5.7.28',
  failedstarttls: '5.7.30',
};

/** Last digits of the status that stands for a reason when a report gives none; `x.0.9nn` is used by no host. */
const DETAIL_OF_REASON: Readonly<Record<BounceReason, number>> = {
  undefined: 900,
  onhold: 901,
  syntaxerror: 902,
  suppressed: 903,
  norelaying: 909,
  filtered: 910,
  userunknown: 911,
  hostunknown: 912,
  hasmoved: 916,
  rejected: 918,
  suspend: 921,
  mailboxfull: 922,
  exceedlimit: 923,
  authfailure: 926,
  systemerror: 930,
  systemfull: 931,
  notaccept: 932,
  mesgtoobig: 934,
  mailererror: 939,
  networkerror: 944,
  toomanyconn: 945,
  speeding: 946,
  expired: 947,
  contenterror: 960,
  securityerror: 970,
  blocked: 971,
  policyviolation: 972,
  requireptr: 973,
  notcompliantrfc: 974,
  badreputation: 975,
  failedstarttls: 976,
  spamdetected: 980,
  virusdetected: 981,
  delivered: 999,
};

const ALWAYS_PERMANENT: readonly BounceReason[] = ['userunknown', 'hostunknown', 'hasmoved'];

const BY_STATUS = new Map(
  Object.entries(REASON_OF_STATUS).flatMap(([reason, codes]) =>
    codes.split(' ').map((code) => [code, reason as BounceReason] as const),
  ),
);

export function reasonOfStatus(status: string): BounceReason | undefined {
  return BY_STATUS.get(status);
}

/** The status that stands for a reason, as a fault that may pass or that stays. */
export function statusOfReason(reason: BounceReason, temporary: boolean): string {
  if (reason === 'delivered') return '2.1.5';
  if (reason === 'filtered' && temporary) return '4.0.924';
  const permanent = !temporary || ALWAYS_PERMANENT.includes(reason);
  return `${permanent ? 5 : 4}.0.${DETAIL_OF_REASON[reason]}`;
}
