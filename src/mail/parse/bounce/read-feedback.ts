import type { FeedbackReport } from '../../../domain/bounce.ts';
import type { MimePart } from '../mime-part.ts';
import { findOriginalId } from './original-message-id.ts';
import { collectReportParts } from './report-parts.ts';
import { readSesComplaint } from './ses-notification.ts';

/** Reads a complaint of a provider's user (RFC 5965); undefined when the mail has no such report. */
export function readFeedback(root: MimePart): FeedbackReport | undefined {
  const parts = collectReportParts(root);
  const ses = readSesComplaint(parts.notice);
  if (ses) return { ...ses, originalMessageId: findOriginalId(parts) };
  const type = /^feedback-type: {0,4}([\w-]{2,40})/im.exec(parts.fields)?.[1]?.toLowerCase();
  if (type === undefined) return undefined;
  const recipient = /^(?:original-rcpt-to|removal-recipient): {0,4}<?([^\s<>]{1,320}@[^\s<>]{1,255})/im.exec(
    parts.fields,
  );
  return {
    type,
    originalRecipient: recipient?.[1]?.toLowerCase(),
    originalMessageId: findOriginalId(parts),
  };
}
