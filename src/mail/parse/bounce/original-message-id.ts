import type { ReportParts } from './report-parts.ts';

const ID = /^(?:message-id|x-original-message-id|original-message-id): {0,4}<([^\s<>]{3,500})>/im;

/** Message-ID of the mail that a report is about, from its header that came back, else from the report's fields. */
export function findOriginalId({ returned, fields, notice }: ReportParts): string | undefined {
  return ID.exec(headOf(returned))?.[1] ?? ID.exec(fields)?.[1] ?? ID.exec(notice)?.[1];
}

// Only the header: a body may quote the ids of other mail.
function headOf(source: string): string {
  const start = source.search(/^[\w-]{2,40}:/m);
  if (start < 0) return '';
  const end = source.indexOf('\n\n', start);
  return source.slice(start, end < 0 ? undefined : end).replace(/: {0,20}\n {1,20}</g, ': <');
}
