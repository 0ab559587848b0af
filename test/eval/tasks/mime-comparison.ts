import { convert } from 'html-to-text';
import type { MessageView } from '../../../src/domain/message.ts';

/** What another parser made of a source; each names other things (see /data README): absent ones are not compared. */
export interface ExpectedParse {
  readonly subject?: string | null;
  readonly from?: string | StalwartFrom | null;
  readonly from_email?: string;
  readonly from_display_name?: string;
  /** Zammad: text, or the HTML that its sanitiser left. `no visible content` when there was nothing. */
  readonly body?: string;
  readonly content_type?: string;
  readonly attachments?: readonly { readonly filename: string; readonly mime: string | null }[];
  /** Stalwart: the decoded body parts; a part that has one form only stands in both lists. */
  readonly text?: readonly string[];
  readonly html?: readonly string[];
  readonly n_attachments?: number;
  readonly n_parts?: number;
  readonly n_leaf?: number;
}

const NOT_CLOSED = 'multipart not closed';

interface StalwartFrom {
  readonly Address?: {
    readonly List?: readonly { readonly name: string | null; readonly address: string | null }[];
  };
}

/** Undefined: nothing to compare. */
export interface MimeMatch {
  readonly subject: boolean | undefined;
  readonly from: boolean | undefined;
  readonly fromName: boolean | undefined;
  readonly body: boolean | undefined;
  readonly attachments: boolean | undefined;
  /** Body and attachments are not compared, as the two parsers differ on purpose. */
  readonly setAside: boolean;
}

/**
 * Compares letter by letter, blanks and line ends apart. HTML is compared as its text, for a sanitiser rewrites tags;
 * our text is compared with a text, our safe HTML with an HTML, as a link or a quote mark is spelled out in text.
 */
export function compareParse(view: MessageView, expected: ExpectedParse): MimeMatch {
  const author = toAuthor(expected);
  // Stalwart sets the last part of a multipart that is never closed aside as an attachment; we show it.
  const isCut = expected.n_parts !== undefined && view.warnings.some((text) => text.startsWith(NOT_CLOSED));
  return {
    subject: typeof expected.subject === 'string' ? isSame(expected.subject, view.subject) : undefined,
    from: author?.address ? author.address.toLowerCase() === view.from.address : undefined,
    fromName: author?.name ? isSame(author.name, view.from.name) : undefined,
    body: isCut ? undefined : compareBody(view, expected),
    attachments: isCut ? undefined : compareAttachments(view, expected),
    setAside: isCut,
  };
}

function toAuthor({ from, from_email, from_display_name }: ExpectedParse) {
  if (from_email !== undefined) return { address: from_email, name: from_display_name };
  return typeof from === 'object' ? from?.Address?.List?.[0] : undefined;
}

function compareBody(view: MessageView, expected: ExpectedParse): boolean | undefined {
  if (expected.body !== undefined) {
    if (expected.body === 'no visible content') return undefined;
    return matches(view, expected.body, expected.content_type === 'text/html');
  }
  if (expected.text === undefined || expected.html === undefined) return undefined;
  const text = expected.text.join('\n');
  const html = expected.html.join('\n');
  if (text === html) return matches(view, text, view.html !== undefined && /<[a-z!][^>]*>/i.test(text));
  return (
    (expected.text.length === 0 || matches(view, text, false)) &&
    (expected.html.length === 0 || matches(view, html, true))
  );
}

function matches(view: MessageView, expected: string, isHtml: boolean): boolean {
  // Long bodies were cut when the rows were made.
  const isCut = expected.length >= 3000 && expected.length % 1000 === 0;
  const ours = isHtml ? htmlText(view.html ?? view.text) : view.text;
  return isSame(isHtml ? htmlText(expected, isCut) : expected, ours, isCut);
}

/** Where the other parser lost a letter (U+FFFD), any one letter of ours will do. */
function isSame(expected: string, actual: string, isCut = false): boolean {
  const wanted = [...letters(expected)];
  const found = [...letters(actual)];
  if (isCut ? found.length < wanted.length : found.length !== wanted.length) return false;
  return wanted.every((letter, index) => letter === '\ufffd' || letter === found[index]);
}

function compareAttachments(view: MessageView, expected: ExpectedParse): boolean | undefined {
  if (expected.n_attachments !== undefined) return view.attachments.length === expected.n_attachments;
  if (expected.attachments === undefined) return undefined;
  // The HTML body itself, which Zammad lists too, and names that it made up.
  const named = expected.attachments.filter(({ filename }) => filename !== 'message.html');
  if (named.length !== view.attachments.length) return false;
  const ours = view.attachments.map(({ filename }) => letters(filename));
  return named.every(({ filename }) => filename === 'file' || ours.includes(letters(filename)));
}

function letters(text: string): string {
  // A quote mark that stood before each line stands before each paragraph where format=flowed lines were joined.
  return text
    .normalize('NFC')
    .replace(/^[> ]+/gm, '')
    .replace(/[\s\u00a0\u200b\u200e\u200f\ufeff]+/g, '');
}

/** Both sides go through this, so it decides nothing but what counts as letters. */
function htmlText(html: string, isCut = false): string {
  // A tag or an entity that was cut in two.
  const whole = isCut ? html.replace(/(?:<[^>]*|&\w*)$/, '') : html;
  return convert(whole, {
    wordwrap: false,
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'hr', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'table'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
}
