import type { NoticedRecipient } from './notice-layout.ts';

const RECIPIENT = /"emailAddress" ?: ?"([^"\s]{3,320})"([^{}]{0,3000})/g;
const MAX_RECIPIENTS = 500;

/** The recipients of an Amazon SES bounce notification, mailed by SNS as JSON (folded and escaped on its way). */
export function readSesNotification(notice: string): NoticedRecipient[] {
  if (!/"notificationType\\?" ?: ?\\?"Bounce/.test(notice)) return [];
  const json = notice.replaceAll('!\n ', '').replaceAll('\\', '');
  return [...json.matchAll(RECIPIENT)].slice(0, MAX_RECIPIENTS).map(([, recipient = '', rest = '']) => {
    const answer = /"diagnosticCode" ?: ?"(?:smtp; ?)?([^"]{1,2000})/.exec(rest)?.[1] ?? '';
    const status = /"status" ?: ?"([245]\.\d{1,3}\.\d{1,3})/.exec(rest)?.[1] ?? '';
    return {
      recipient: recipient.toLowerCase(),
      words: answer.includes(status) ? answer : `${status} ${answer}`,
    };
  });
}
