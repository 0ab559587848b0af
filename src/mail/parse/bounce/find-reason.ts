import type { BounceReason } from '../../../domain/bounce.ts';
import type { DeliveryEvidence } from './delivery-evidence.ts';
import { reasonOfLocalAgent } from './local-agent-reasons.ts';
import { type SaysReason, scanReasons } from './reason-scanner.ts';
import { reasonOfRemoteHost } from './remote-host-reasons.ts';
import { reasonOfStatus } from './status-reasons.ts';

/** What the decision looks at: the evidence with the codes that were settled on. */
export interface ReasonCase {
  readonly evidence: DeliveryEvidence;
  readonly status: string;
  readonly replyCode: string;
}

interface Clues extends ReasonCase {
  readonly byStatus: BounceReason | undefined;
  readonly says: SaysReason;
  /** The session ended before the host saw any of the message. */
  readonly early: boolean;
}

type Rule = readonly [BounceReason, (clues: Clues) => boolean];

// These name a symptom: the host's own words may name the cause.
const VAGUE: readonly (BounceReason | undefined)[] = [
  undefined,
  'undefined',
  'onhold',
  'systemerror',
  'securityerror',
  'expired',
  'networkerror',
  'hostunknown',
  'userunknown',
];
const NOT_A_USER: readonly BounceReason[] = [
  'norelaying',
  'blocked',
  'mailboxfull',
  'hasmoved',
  'rejected',
  'notaccept',
];

const plain = (reason: BounceReason): Rule => [
  reason,
  ({ byStatus, says }) => byStatus === reason || says(reason),
];

/** In order of how sure each is; the first that holds is the reason. */
const RULES: readonly Rule[] = [
  plain('mailboxfull'),
  [
    'mesgtoobig',
    (c) => c.byStatus === 'mesgtoobig' || (c.byStatus !== 'exceedlimit' && c.says('mesgtoobig')),
  ],
  plain('exceedlimit'),
  ['suspend', (c) => c.replyCode === '525' || c.says('suspend')],
  ['hasmoved', (c) => c.says('hasmoved')],
  ['norelaying', (c) => !/^(?:CONN|EHLO)$/.test(c.evidence.command) && c.says('norelaying')],
  plain('authfailure'),
  ['userunknown', isUserUnknown],
  ['filtered', isFiltered],
  plain('requireptr'),
  ['notcompliantrfc', (c) => c.says('notcompliantrfc')],
  ['badreputation', (c) => c.says('badreputation')],
  ['contenterror', (c) => !isSpam(c) && (c.byStatus === 'contenterror' || c.says('contenterror'))],
  ['rejected', isRejected],
  ['hostunknown', isHostUnknown],
  ['spamdetected', isSpam],
  ['speeding', (c) => c.says('speeding')],
  plain('toomanyconn'),
  plain('blocked'),
];

/** By words alone, for what the rules left open. */
const BY_WORDS: readonly BounceReason[] = [
  'mailboxfull',
  'authfailure',
  'badreputation',
  'speeding',
  'spamdetected',
  'virusdetected',
  'policyviolation',
  'norelaying',
  'systemerror',
  'networkerror',
  'suspend',
  'contenterror',
  'systemfull',
  'notaccept',
  'expired',
  'failedstarttls',
  'securityerror',
  'mailererror',
];

/** Why a delivery failed: by the far host's known codes, its words at that stage of the session, then the status. */
export function findReason(found: ReasonCase): BounceReason {
  const { evidence, status } = found;
  if (!VAGUE.includes(evidence.worded)) return evidence.worded ?? 'undefined';
  const special = reasonOfLocalAgent(evidence) ?? reasonOfRemoteHost(found);
  if (special) return special;
  if (status.startsWith('2.')) return 'delivered';
  const clues = {
    ...found,
    byStatus: reasonOfStatus(status),
    says: scanReasons(evidence.diagnosis),
    early: /^(?:CONN|EHLO|MAIL|RCPT)$/.test(evidence.command),
  };
  const isSmtp = evidence.diagnosticType === '' || evidence.diagnosticType === 'smtp';
  const ruled = isSmtp ? RULES.find(([, holds]) => holds(clues))?.[0] : undefined;
  return ruled ?? fallBack(clues);
}

function fallBack(clues: Clues): BounceReason {
  const { evidence, byStatus, status, replyCode, says } = clues;
  const { worded, diagnosticType, action, command, diagnosis } = evidence;
  if (worded && worded !== 'onhold' && worded !== 'undefined') return worded;
  const isSmtp = diagnosticType === 'smtp' || diagnosticType === '';
  if (isSmtp || VAGUE.includes(byStatus)) {
    const told = BY_WORDS.find((reason) => says(reason)) ?? byStatus;
    if (told) return told;
    if (/^[45]\.6/.test(status)) return 'contenterror';
    if (/^[45]\.7/.test(status)) return 'securityerror';
    if (diagnosticType.startsWith('x-unix')) return 'mailererror';
    if (/^[45]0[1-7]$/.test(replyCode)) return 'syntaxerror';
    if (action === 'delayed' || action === 'expired') return 'expired';
    if (command === 'EHLO') return 'blocked';
  } else if (byStatus) return byStatus;
  if (action === 'delayed') return 'expired';
  return diagnosis === '' || !evidence.specific ? 'undefined' : 'onhold';
}

function isUserUnknown({ evidence, byStatus, says }: Clues): boolean {
  if (evidence.worded === 'userunknown') return true;
  if (byStatus === 'suspend') return false;
  if (byStatus === 'userunknown') return !NOT_A_USER.some((other) => says(other));
  return evidence.command === 'RCPT' && says('userunknown');
}

// A host that saw the message and then says "user unknown" hides a filter of the recipient.
function isFiltered({ byStatus, early, says }: Clues): boolean {
  if (byStatus === 'suspend') return false;
  if (byStatus !== 'filtered' && early) return false;
  return says('filtered') || says('userunknown');
}

function isRejected({ evidence, byStatus, says }: Clues): boolean {
  if (byStatus === 'rejected') return true;
  const { command } = evidence;
  const open =
    command === 'MAIL' ||
    (command === 'DATA' && byStatus !== 'userunknown') ||
    byStatus === undefined ||
    byStatus === 'securityerror' ||
    byStatus === 'systemerror';
  return open && says('rejected');
}

function isHostUnknown({ evidence, byStatus, says }: Clues): boolean {
  if (evidence.worded === 'hostunknown') return true;
  return byStatus === 'hostunknown' ? !says('networkerror') : says('hostunknown');
}

function isSpam({ status, byStatus, early, says }: Clues): boolean {
  if (status === '') return false;
  return byStatus === 'spamdetected' || (!early && says('spamdetected'));
}
