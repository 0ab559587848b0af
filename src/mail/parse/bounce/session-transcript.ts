import type { NoticedRecipient } from './notice-layout.ts';

const START = /transcript of session follows/i;
const NAMED = /^\d{3}[ -](?:\d\.\d\.\d{1,3} )?<?([^\s<>]{1,128}@[^\s<>]{1,255}?)>?\.\.\. /;
const PROGRAM_LINE = /^(?:\d{3}[ -]|<<< |>>> |while talking to|\.\.\. while talking to)/i;

/** The recipients of a Sendmail transcript without report fields: each with the lines of its session. */
export function readTranscript(notice: string): NoticedRecipient[] {
  const lines = notice.split('\n');
  const start = lines.findIndex((line) => START.test(line));
  if (start < 0) return [];
  const found: NoticedRecipient[] = [];
  let session: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (/^ *-{3,} /.test(line)) break;
    if (PROGRAM_LINE.test(line)) session.push(line.trim());
    const recipient = NAMED.exec(line)?.[1]?.toLowerCase();
    if (recipient === undefined) continue;
    found.push({ recipient, words: session.join(' ') });
    session = [];
  }
  return found;
}

/** What the far host said in a transcript: the `<<<` lines, each once. */
export function repliesOf(notice: string): string {
  const replies = notice.split('\n').filter((line) => line.startsWith('<<< '));
  return [...new Set(replies.map((line) => line.slice(4).trim()))].join(' ');
}

/** The lines of a transcript that begin with a reply code, for reports whose fields have no answer. */
export function codedLines(notice: string): string {
  return notice
    .split('\n')
    .filter((line) => /^[45]\d\d[ -]/.test(line))
    .join(' ');
}

const REFUSED = /^ {0,4}Out: {1,4}([45]\d\d[ -].*)$/;

/** The recipients of a session that a Postfix server logged for its postmaster (`In:` and `Out:` lines). */
export function readServerLog(notice: string): NoticedRecipient[] {
  const found: NoticedRecipient[] = [];
  let command = '';
  for (const line of notice.split('\n')) {
    const sent = /^ {0,4}In: {1,4}(.*)$/.exec(line)?.[1];
    if (sent !== undefined) command = sent;
    const recipient = /^RCPT TO: ?<([^\s<>]{1,320})>/i.exec(sent ?? '')?.[1]?.toLowerCase();
    if (recipient !== undefined) found.push({ recipient, words: '' });
    const refusal = REFUSED.exec(line)?.[1];
    const last = found.at(-1);
    if (refusal !== undefined && last?.words === '') {
      const stage = /^[A-Z]{4,8}/.exec(command)?.[0] ?? '';
      found[found.length - 1] = { ...last, words: `${refusal} (in reply to ${stage} command)` };
    }
  }
  return found;
}
