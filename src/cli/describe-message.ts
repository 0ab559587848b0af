import type { MessageDetailRow } from '../../db/message-list-store.ts';
import type { Reason } from '../domain/analysis.ts';
import { toPrintable, toPrintableLine } from '../to-printable.ts';

const LONGEST_TEXT = 4_000;

/** One message for a person at a terminal; `--json` gives all of it. */
export function describeMessage(message: MessageDetailRow): string {
  const { analysis, body } = message;
  const text = body?.visibleText.trim() ?? '';
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['id', message.id],
    ['account', message.accountId],
    ['received', message.receivedAt.toISOString()],
    ['from', `${message.fromName} <${message.fromAddress}>`],
    ['subject', message.subject],
    ['state', message.note === null ? message.state : `${message.state} (${message.note})`],
    ['category', analysis && message.category],
    ['because', analysis && describeReasons(analysis.classification.reasons)],
    ['priority', message.priority],
    ['because', analysis?.priority && describeReasons(analysis.priority.reasons)],
    ['answer due', message.answerDue?.toISOString()],
    ['summary', message.summaryLine],
    [
      'next',
      analysis?.findings && `${analysis.findings.nextAction.action}: ${analysis.findings.nextAction.reason}`,
    ],
    ['attachments', message.attachmentCount === 0 ? undefined : String(message.attachmentCount)],
  ];
  return [
    ...facts.flatMap(([name, value]) =>
      value === null || value === undefined || value === ''
        ? []
        : [`${name.padEnd(12)}${toPrintableLine(value)}`],
    ),
    ...(text === '' ? [] : ['', toPrintable(text.replace(/\r\n?/g, '\n')).slice(0, LONGEST_TEXT)]),
  ].join('\n');
}

function describeReasons(reasons: readonly Reason[]): string {
  return reasons.map(({ text }) => text).join('; ');
}
