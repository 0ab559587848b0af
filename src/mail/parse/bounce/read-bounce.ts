import type { BouncedRecipient, BounceReason, BounceReport } from '../../../domain/bounce.ts';
import type { HeaderFields } from '../header-fields.ts';
import type { MimePart } from '../mime-part.ts';
import { collectEvidence } from './collect-evidence.ts';
import type { DeliveryEvidence } from './delivery-evidence.ts';
import { findReason } from './find-reason.ts';
import { findOriginalId } from './original-message-id.ts';
import { collectReportParts } from './report-parts.ts';
import type { ReportingProgram } from './reporting-program.ts';
import { findReplyCode, findStatus, isTemporary, preferStatus } from './smtp-codes.ts';
import { statusOfReason } from './status-reasons.ts';

/** Whose mail it is that reports. */
export interface BounceSender {
  readonly fields: HeaderFields;
  readonly from: string;
  readonly subject: string;
}

/** Reads a bounce: status, reason and hard or soft of each recipient, and whose mail came back (RFC 3464, 5248). */
export function readBounce(root: MimePart, { fields, from, subject }: BounceSender): BounceReport {
  const parts = collectReportParts(root);
  const failedRecipients = fields.first('x-failed-recipients') ?? '';
  const { program, deliveries } = collectEvidence(parts, {
    from,
    subject,
    notice: parts.notice,
    failedRecipients,
  });
  // KDDI marks what its users' filters refused in a header alone.
  const isFiltered = fields.first('x-spasign')?.trim() === 'NG';
  return {
    recipients: deliveries.map((evidence) =>
      judge(isFiltered ? { ...evidence, worded: 'filtered' } : evidence, program),
    ),
    originalMessageId: findOriginalId(parts),
  };
}

function judge(evidence: DeliveryEvidence, program: ReportingProgram): BouncedRecipient {
  const { diagnosis, worded } = evidence;
  const replyCode = findReplyCode(diagnosis, evidence.status);
  const answered = findStatus(diagnosis, evidence.status === '' ? replyCode : '');
  const assumed =
    program === 'exim' && evidence.status === '' && worded ? assumeStatus(worded, replyCode) : '';
  const reported = evidence.status || preferStatus(answered, assumed, replyCode);
  const given = preferStatus(reported, answered, findReplyCode(diagnosis, answered));
  const reason = findReason({ evidence, status: given, replyCode });
  const temporary = isTemporary(`${replyCode} ${diagnosis}`);
  const status = given || statusOfReason(reason, temporary);
  return { address: evidence.recipient, status, reason, hard: isHard(reason, `${given} ${diagnosis}`) };
}

// Exim states no status; its retries ran out for what its own words call a passing fault.
function assumeStatus(worded: BounceReason, replyCode: string): string {
  const temporary = replyCode.startsWith('4') || worded === 'expired' || worded === 'mailboxfull';
  return statusOfReason(worded, temporary);
}

function isHard(reason: BounceReason, codes: string): boolean {
  if (reason === 'userunknown' || reason === 'hostunknown' || reason === 'hasmoved') return true;
  return reason === 'notaccept' && (findStatus(codes).startsWith('5') || !isTemporary(codes));
}
