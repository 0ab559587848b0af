import { cleanLine } from './clean-line.ts';
import { escapeHtml } from './escape-html.ts';
import type { OdooSyncRequest } from './odoo.ts';

const LINE = 500;
const POINTS = 10;
const SUBJECT = 2_000;

/** The body of a lead or note. Every value comes from a stranger and is escaped; no link or image is ever made. */
export function toSummaryHtml(
  request: Pick<
    OdooSyncRequest,
    'subject' | 'summaryLine' | 'summaryPoints' | 'nextAction' | 'category' | 'priority'
  >,
): string {
  const text = (value: string, max: number) => escapeHtml(cleanLine(value, max));
  const points = request.summaryPoints
    .slice(0, POINTS)
    .map((point) => `<li>${text(point, LINE)}</li>`)
    .join('');
  return [
    `<p><strong>${text(request.summaryLine, LINE)}</strong></p>`,
    points === '' ? '' : `<ul>${points}</ul>`,
    request.nextAction === undefined ? '' : `<p>Suggested: ${text(request.nextAction, LINE)}</p>`,
    `<p>Subject: ${text(request.subject, SUBJECT)}<br/>`,
    `Category: ${text(request.category, 100)}<br/>Priority: ${request.priority}</p>`,
  ].join('');
}
