import type { AutomaticKind, AutomaticVerdict } from '../../domain/message.ts';
import { readsAsBounce } from './automatic-notice.ts';
import {
  AUTO_REPLY_PREFIX,
  AWAY_SUBJECT,
  BOUNCE_SUBJECT,
  MAILER_DAEMON,
  NO_REPLY,
} from './automatic-words.ts';
import { cleanLine } from './clean-line.ts';
import type { HeaderFields } from './header-fields.ts';

/** What the verdict is read from. */
export interface AutomaticEvidence {
  readonly fields: HeaderFields;
  /** Lower-case address of From; empty when there is none. */
  readonly from: string;
  readonly subject: string;
  /** Content type of the whole message with its `report-type`, and the types of all parts. */
  readonly contentType: string;
  readonly reportType: string;
  readonly partTypes: readonly string[];
  /** The whole text, as people read it. */
  readonly text: string;
}

interface Sign {
  /** Undefined: a hint, which counts only together with another one. */
  readonly kind: AutomaticKind | undefined;
  /** Gives way to every other sign: shops put `Precedence: bulk` on single notices too. */
  readonly weak?: boolean;
  readonly reason: string;
}

// When signs disagree, the one that is most dangerous to answer wins.
const ORDER: readonly AutomaticKind[] = ['bounce', 'auto-reply', 'list', 'notification'];
const AUTO_REPLY_FIELDS = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-reply',
  'x-autoreply-from',
];

/** Tells a person from a program by RFC 3834, 3464, 2919 and the habits of the large senders. */
export function judgeAutomatic(evidence: AutomaticEvidence): AutomaticVerdict {
  const signs = [
    ...reportSigns(evidence),
    ...submissionSigns(evidence.fields),
    ...bulkSigns(evidence.fields),
    ...senderSigns(evidence),
    ...noticeSigns(evidence),
    ...subjectSigns(evidence.subject),
  ];
  const reasons = signs.map((sign) => sign.reason);
  const hints = signs.filter((sign) => sign.kind === undefined).length;
  const away = AWAY_SUBJECT.test(evidence.subject);
  // `Precedence: bulk` with an away subject is how vacation(1) answers; so are two hints.
  const isVacation = away && (hints >= 2 || signs.some((sign) => sign.kind === 'list'));
  const kind = firstKind(signs.filter((sign) => !sign.weak)) ?? firstKind(signs);
  const listId = readListId(evidence.fields.first('list-id'));
  const further = { reasons, ...(listId !== undefined && { listId }) };
  if (isVacation && kind !== 'bounce') return { kind: 'auto-reply', ...further };
  return { kind: kind ?? 'person', ...further };
}

/** `Friends of tea <tea.example.org>` (RFC 2919 3). */
function readListId(value: string | undefined): string | undefined {
  const given = value?.slice(-500) ?? '';
  const id = (/<([^<>\s]{1,255})>\s{0,9}$/.exec(given)?.[1] ?? given).trim().toLowerCase();
  return id === '' || id.length > 255 ? undefined : id;
}

function firstKind(signs: readonly Sign[]): AutomaticKind | undefined {
  return ORDER.find((candidate) => signs.some((sign) => sign.kind === candidate));
}

function reportSigns({
  fields,
  contentType,
  reportType,
  partTypes,
  from,
  subject,
  text,
}: AutomaticEvidence): Sign[] {
  const signs: Sign[] = [];
  const isReport = contentType === 'multipart/report';
  if (partTypes.includes('message/delivery-status') || (isReport && reportType === 'delivery-status')) {
    signs.push({ kind: 'bounce', reason: 'delivery status report (RFC 3464)' });
  } else if (partTypes.includes('message/disposition-notification')) {
    signs.push({ kind: 'auto-reply', reason: 'read receipt (RFC 8098)' });
  } else if (partTypes.includes('message/feedback-report')) {
    signs.push({ kind: 'notification', reason: 'feedback report (RFC 5965)' });
  } else if (isReport) signs.push({ kind: 'notification', reason: 'multipart/report' });
  if (fields.first('x-failed-recipients')) signs.push({ kind: 'bounce', reason: 'X-Failed-Recipients' });
  const nullPath = /^<\s*>$/.test(fields.first('return-path')?.trim() ?? '');
  const bounceSubject = BOUNCE_SUBJECT.test(subject);
  if (MAILER_DAEMON.test(from)) {
    // A postmaster may be a person who writes, or a program that answers; a mailer daemon only reports.
    const answers = /^auto-replied\b/i.test(fields.first('auto-submitted')?.trim() ?? '');
    const isReport =
      bounceSubject || !from.startsWith('post') || (nullPath && (!answers || readsAsBounce(text)));
    signs.push({ kind: isReport ? 'bounce' : 'notification', reason: `from ${local(from)}` });
  } else if (bounceSubject && (nullPath || from === ''))
    signs.push({ kind: 'bounce', reason: show('subject', subject) });
  // RFC 5321 4.5.5: the null path is for mail that must not be answered by a program.
  else if (nullPath) signs.push({ kind: 'auto-reply', reason: 'Return-Path: <>' });
  return signs;
}

function submissionSigns(fields: HeaderFields): Sign[] {
  const signs: Sign[] = [];
  const submitted = /[a-z-]{1,60}/.exec(
    fields
      .first('auto-submitted')
      ?.toLowerCase()
      .replace(/\([^()]{0,200}\)/g, '') ?? '',
  )?.[0];
  // RFC 3834 5: `no` is a person, every other value is a program.
  if (submitted !== undefined && submitted !== 'no') {
    const kind = submitted === 'auto-replied' ? 'auto-reply' : 'notification';
    signs.push({ kind, reason: `Auto-Submitted: ${submitted}` });
  }
  for (const name of AUTO_REPLY_FIELDS) {
    const value = fields.first(name);
    if (value !== undefined && !/^(?:no|false|0)$/i.test(value))
      signs.push({ kind: 'auto-reply', reason: show(name, value) });
  }
  const suppress = fields.first('x-auto-response-suppress');
  // Exchange puts it on people's mail too: it means "do not answer me", not "I am a program".
  if (suppress && !/^none$/i.test(suppress))
    signs.push({ kind: undefined, reason: show('x-auto-response-suppress', suppress) });
  return signs;
}

function bulkSigns(fields: HeaderFields): Sign[] {
  const signs: Sign[] = [];
  const precedence = fields.first('precedence')?.trim().toLowerCase();
  if (precedence === 'auto_reply') signs.push({ kind: 'auto-reply', reason: 'Precedence: auto_reply' });
  else if (precedence && ['bulk', 'list', 'junk'].includes(precedence)) {
    signs.push({ kind: 'list', weak: precedence === 'bulk', reason: `Precedence: ${precedence}` });
  }
  for (const name of ['list-id', 'list-unsubscribe']) {
    const value = fields.first(name);
    if (value) signs.push({ kind: 'list', reason: show(name, value) });
  }
  return signs;
}

function senderSigns({ from }: AutomaticEvidence): Sign[] {
  return NO_REPLY.test(from) ? [{ kind: 'notification', reason: `from ${local(from)}` }] : [];
}

function noticeSigns({ from, fields, text }: AutomaticEvidence): Sign[] {
  const isProgram = from === '' || NO_REPLY.test(from) || MAILER_DAEMON.test(from);
  const isReport = isProgram && !fields.first('list-id') && readsAsBounce(text);
  return isReport ? [{ kind: 'bounce', reason: 'the text reports a failed delivery' }] : [];
}

function subjectSigns(subject: string): Sign[] {
  const reason = `subject "${cleanLine(subject, 60)}"`;
  if (AUTO_REPLY_PREFIX.test(subject)) return [{ kind: 'auto-reply', reason }];
  return AWAY_SUBJECT.test(subject) ? [{ kind: undefined, reason }] : [];
}

function show(name: string, value: string): string {
  const title = name.replace(
    /(^|-)([a-z])/g,
    (_, dash: string, letter: string) => dash + letter.toUpperCase(),
  );
  return `${title}: ${cleanLine(value, 80)}`;
}

function local(address: string): string {
  return cleanLine(address.split('@')[0] ?? '', 64);
}
