import type { DeliveryEvidence } from './delivery-evidence.ts';
import { type NoticedRecipient, readNotice } from './notice-layout.ts';
import { readCategory, readGmailState, readProgramWords } from './program-words.ts';
import { MAX_DIAGNOSIS_CHARS } from './reason-scanner.ts';
import type { ReportParts } from './report-parts.ts';
import { findProgram, type ReportHead, type ReportingProgram } from './reporting-program.ts';
import { readSesNotification } from './ses-notification.ts';
import { codedLines, readServerLog, readTranscript, repliesOf } from './session-transcript.ts';
import { findReplyCode, findStatus } from './smtp-codes.ts';
import { findCommand, type SmtpCommand } from './smtp-command.ts';
import { readStatusFields, type StatusFields } from './status-fields.ts';

/** Of programs whose fields hold the whole answer: the notice would add only their standing phrases. */
const FIELDS_SUFFICE: readonly ReportingProgram[] = ['postfix', 'sendmail', 'exim', 'courier'];
const FIELD_LINE = /^(?:final-recipient|original-recipient|diagnostic-code): ?\S/im;
const HOST = /\b((?:[\w-]{1,63}\.){1,6}[a-z]{2,12})\b/gi;

/** What a report tells, with the program that wrote it. */
export interface ReportEvidence {
  readonly program: ReportingProgram;
  readonly deliveries: readonly DeliveryEvidence[];
}

interface Report extends ReportParts {
  readonly program: ReportingProgram;
  readonly named: readonly NoticedRecipient[];
  readonly before: string;
  /** The notice in one line, cut to the longest text that is judged. */
  readonly whole: string;
  readonly sessionCommand: SmtpCommand;
}

/** Gathers the evidence of each recipient: from the report fields (RFC 3464), else from the words of the notice. */
export function collectEvidence(parts: ReportParts, head: ReportHead): ReportEvidence {
  const program = findProgram(head);
  const transcript = readTranscript(parts.notice);
  const { before, recipients } = readNotice(parts.notice);
  const report = {
    ...parts,
    program,
    before: before.slice(0, MAX_DIAGNOSIS_CHARS),
    whole: parts.notice.replace(/\s+/g, ' ').trim().slice(0, MAX_DIAGNOSIS_CHARS),
    named: recipients,
    sessionCommand: findCommand(parts.notice.split('\n').find((line) => line.startsWith('>>> ')) ?? ''),
  };
  const fieldText = parts.fields !== '' ? parts.fields : FIELD_LINE.test(parts.notice) ? parts.notice : '';
  const fields = readStatusFields(fieldText);
  if (fields.length > 0)
    return { program, deliveries: fields.map((each) => fromFields(each, fields.length, report)) };
  const layouts = [readSesNotification(parts.notice), readServerLog(parts.notice), transcript, recipients];
  const named = layouts.find((list) => list.length > 0) ?? guessed(report, head);
  return { program, deliveries: named.map((each) => fromWords(each, named.length, report)) };
}

function guessed(report: Report, head: ReportHead): NoticedRecipient[] {
  const returnedTo = /^to: ?(.{1,500})$/im.exec(report.returned)?.[1] ?? '';
  const bracketed = (report.notice.match(/<[^\s<>@]{1,128}@[^\s<>]{1,255}>/g) ?? []).slice(0, 1).join();
  const found = [head.failedRecipients, returnedTo, bracketed].map(
    (text) => text.match(/[^\s<>;:"(),]{1,128}@[^\s<>;"(),]{1,255}/g) ?? [],
  );
  const recipients = found.find((list) => list.length > 0) ?? [''];
  return recipients.slice(0, 500).map((recipient) => ({ recipient: recipient.toLowerCase(), words: '' }));
}

function fromFields(fields: StatusFields, total: number, report: Report): DeliveryEvidence {
  const { program } = report;
  const own = report.named.find(({ recipient }) => recipient === fields.recipient)?.words ?? '';
  const commanded =
    program === 'sendmail' || program === 'courier' ? report.sessionCommand : findCommand(own);
  let diagnosis = [fields.statusComment, fields.diagnosis].filter((text) => text !== '').join(' ');
  if (/^\d*$/.test(diagnosis.trim()) && own !== '') diagnosis = own;
  if (program === 'sendmail' && total === 1) diagnosis = `${repliesOf(report.notice)} ${diagnosis}`.trim();
  if (diagnosis === '' && program === 'sendmail') diagnosis = codedLines(report.notice);
  const specific = diagnosis !== '';
  if (total === 1 && program !== 'sendmail' && (diagnosis === '' || !FIELDS_SUFFICE.includes(program)))
    diagnosis = withNotice(report, diagnosis);
  const replies = program === 'sendmail' && report.notice.includes('\n<<< ');
  const command = commanded || findCommand(diagnosis) || (replies ? 'EHLO' : '');
  const status = fields.status || findStatus(diagnosis, findReplyCode(diagnosis));
  return {
    recipient: fields.recipient,
    diagnosis: diagnosis.slice(0, MAX_DIAGNOSIS_CHARS),
    status,
    action: fields.action,
    diagnosticType: fields.diagnosticType === 'x-postfix' ? 'smtp' : fields.diagnosticType,
    command: command || (/refused to talk to me:/.test(diagnosis) ? 'EHLO' : ''),
    hosts: [fields.remoteHost, ...hostsIn(fields.diagnosis), fields.reportingHost],
    specific,
    worded: readCategory(fields.category) ?? readProgramWords(program, `${diagnosis} ${own}`, command),
  };
}

function withNotice({ notice, fields }: Report, diagnosis: string): string {
  const words = (fields === '' ? (notice.split(/^(?:reporting-mta|final-recipient):/im)[0] ?? '') : notice)
    .replace(/\s+/g, ' ')
    .trim();
  return words.toLowerCase().includes(diagnosis.toLowerCase()) ? words : `${words} ${diagnosis}`;
}

function fromWords({ recipient, words }: NoticedRecipient, total: number, report: Report): DeliveryEvidence {
  const { program, before, whole } = report;
  const diagnosis = (withAnswerAbove(before, words) || (total === 1 ? whole : before)).slice(
    0,
    MAX_DIAGNOSIS_CHARS,
  );
  const [stage, meaning] = (program === 'gmail' ? readGmailState(diagnosis) : undefined) ?? [];
  const command = stage ?? findCommand(diagnosis);
  return {
    recipient,
    diagnosis,
    status: '',
    action: '',
    diagnosticType: '',
    command,
    hosts: hostsIn(diagnosis),
    specific: words !== '',
    worded:
      meaning ??
      readProgramWords(
        program,
        program === 'gmail' || program === 'carrier' || program === 'googlegroups' ? whole : diagnosis,
        command,
      ),
  };
}

// Apache James puts the answer above the recipient.
function withAnswerAbove(before: string, words: string): string {
  const isAnswer = (text: string): boolean =>
    /(?<![\d.])[45]\d\d(?![\d.])/.test(text) || findStatus(text) !== '';
  const above = before.split('Message details:')[0] ?? '';
  return !isAnswer(words) && isAnswer(above) ? `${above} ${words}`.trim() : words;
}

function hostsIn(text: string): string[] {
  const said = /\bhost ([\w.-]{4,255})/.exec(text)?.[1] ?? '';
  return [said, ...(text.slice(0, 2000).match(HOST) ?? []).slice(0, 20)].map((host) => host.toLowerCase());
}
