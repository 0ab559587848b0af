import type { NoticedRecipient } from './notice-layout.ts';

const RECIPIENT = /"emailAddress" ?: ?"([^"\s]{3,320})"([^{}]{0,3000})/g;
const MAX_RECIPIENTS = 500;

/** The recipients of an Amazon SES bounce notification, mailed by SNS as JSON (folded and escaped on its way). */
export function readSesNotification(notice: string): NoticedRecipient[] {
  if (!/"notificationType\\?" ?: ?\\?"Bounce/.test(notice)) return [];
  const json = toJson(notice);
  return [...json.matchAll(RECIPIENT)].slice(0, MAX_RECIPIENTS).map(([, recipient = '', rest = '']) => {
    const answer = /"diagnosticCode" ?: ?"(?:smtp; ?)?([^"]{1,2000})/.exec(rest)?.[1] ?? '';
    const status = /"status" ?: ?"([245]\.\d{1,3}\.\d{1,3})/.exec(rest)?.[1] ?? '';
    return {
      recipient: recipient.toLowerCase(),
      words: answer.includes(status) ? answer : `${status} ${answer}`,
    };
  });
}

/** A complaint of Amazon SES, likewise; undefined for all other mail. */
export function readSesComplaint(
  notice: string,
): { type: string; originalRecipient: string | undefined } | undefined {
  if (!/"notificationType\\?" ?: ?\\?"Complaint/.test(notice)) return undefined;
  const json = toJson(notice);
  const type = /"complaintFeedbackType" ?: ?"([\w-]{2,40})"/.exec(json)?.[1]?.toLowerCase() ?? 'abuse';
  const recipient = /"complainedRecipients" ?: ?\[{"emailAddress" ?: ?"([^"\s]{3,320})"/.exec(json);
  return { type, originalRecipient: recipient?.[1]?.toLowerCase() };
}

function toJson(notice: string): string {
  return notice.replaceAll('!\n ', '').replaceAll('\\', '');
}
