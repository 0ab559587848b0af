import type { ForwardedFrom } from '../../../domain/message.ts';
import { findForward } from './find-forward.ts';
import { isWritten, type LineKind } from './line-kind.ts';
import { markQuotes } from './mark-quotes.ts';
import { markSignature } from './mark-signature.ts';
import { ANSWERS_WITHIN, FORWARD_SUBJECT } from './separator-words.ts';

/** Consecutive lines of one kind; blank lines go with what stands above them. */
export interface ReplyPart {
  readonly kind: Exclude<LineKind, 'blank'>;
  readonly text: string;
}

/** A text taken apart. Every line of it is in one of `parts`, so nothing that was said is ever lost. */
export interface Reply {
  readonly parts: readonly ReplyPart[];
  /** Own words, without quotes, closing and signature. */
  readonly reply: string;
  /** Own words and all that is signed under them: `text` without quoted history. Never empty when the text is not. */
  readonly visible: string;
  /** Closing and signature, as they stand at the end of `visible`; empty when there is none. */
  readonly signature: string;
  /** Introductions, quotes and history. */
  readonly quoted: string;
  /** Own words stand between quoted lines, or within a copy. */
  readonly inlineAnswers: boolean;
  /** Whose message is handed on, when one is. */
  readonly forward: ForwardedFrom | undefined;
}

export interface ReplyHints {
  readonly subject?: string;
  /** Display name or address of the writer: a signature holds it. */
  readonly sender?: string;
}

/** Takes the text of a mail apart: what is said now, how it is signed, what was said before. Linear in its size. */
export function readReply(text: string, { subject = '', sender = '' }: ReplyHints = {}): Reply {
  const lines = text.split('\n');
  const isForward = FORWARD_SUBJECT.test(subject);
  const kinds = markQuotes(lines, isForward);
  const forward = findForward(lines, isForward);
  if (!kinds.includes('own')) return whole(text, kinds, forward);
  const said = joinWritten(lines, kinds, isWritten);
  // Answers within an unmarked copy cannot be told from it: better all of it than half of what was said.
  if (kinds.includes('history') && ANSWERS_WITHIN.test(said))
    return { ...whole(text, kinds, forward), inlineAnswers: true };
  const marked = forward === undefined ? markSignature(lines, kinds, sender) : kinds;
  const reply = joinWritten(lines, marked, (kind) => kind === 'own');
  return {
    parts: toParts(lines, marked),
    reply: reply === '' ? said : reply,
    visible: said,
    signature: toSignature(lines, marked),
    quoted: joinWritten(lines, marked, (kind) => !isWritten(kind)),
    inlineAnswers: hasAnswersBetween(kinds),
    forward,
  };
}

function whole(text: string, kinds: readonly LineKind[], forward: ForwardedFrom | undefined): Reply {
  const said = text.trim();
  const quoted = kinds.includes('own') ? '' : said;
  return {
    parts: said === '' ? [] : [{ kind: quoted === '' ? 'own' : 'quote', text: text.trimEnd() }],
    reply: said,
    visible: said,
    signature: '',
    quoted,
    inlineAnswers: false,
    forward,
  };
}

function toParts(lines: readonly string[], kinds: readonly LineKind[]): ReplyPart[] {
  const parts: { kind: ReplyPart['kind']; lines: string[] }[] = [];
  for (const [i, line] of lines.entries()) {
    const kind = kinds[i] ?? 'blank';
    const last = parts.at(-1);
    if (last && (kind === 'blank' || kind === last.kind)) last.lines.push(line);
    else parts.push({ kind: kind === 'blank' ? 'own' : kind, lines: [line] });
  }
  return parts.map(({ kind, lines: own }) => ({ kind, text: own.join('\n') }));
}

/** The lines that are wanted, in order; where others were left out between them, one blank line. */
function joinWritten(
  lines: readonly string[],
  kinds: readonly LineKind[],
  wanted: (kind: LineKind) => boolean,
): string {
  const out: string[] = [];
  let removed = false;
  for (const [i, kind] of kinds.entries()) {
    if (kind === 'blank') {
      if (!removed) out.push(lines[i] ?? '');
    } else if (!wanted(kind)) removed = true;
    else {
      if (removed && out.at(-1)?.trim()) out.push('');
      out.push(lines[i] ?? '');
      removed = false;
    }
  }
  while (out[0]?.trim() === '') out.shift();
  return out.join('\n').trimEnd();
}

// Only one that nothing said follows: else it is in the middle of what is said, and stays there.
function toSignature(lines: readonly string[], kinds: readonly LineKind[]): string {
  const last = kinds.lastIndexOf('own');
  const below = kinds.map((kind, i) => (i > last ? kind : 'own'));
  return joinWritten(lines, below, (kind) => isWritten(kind) && kind !== 'own');
}

function hasAnswersBetween(kinds: readonly LineKind[]): boolean {
  const first = kinds.indexOf('quote');
  const last = kinds.lastIndexOf('quote');
  return first >= 0 && kinds.slice(first, last).includes('own');
}
