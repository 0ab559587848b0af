import { convert } from 'html-to-text';
import type { MessageView } from '../../../src/domain/message.ts';
import { HTML_BREAK } from '../../../src/mail/parse/collect-content.ts';
import { toSafeHtml } from '../../../src/mail/parse/html-safe.ts';

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

/** Our warnings of a MIME tree that no two parsers read alike, as nothing tells where its parts end. */
const BROKEN = /^(?:multipart (?:not closed|without parts)|declared as base64)/;
const MADE_UP = new Set(['file', 'Mail.eml', '-no name-']);
const NOTHING_SHOWN = 'no visible content';

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
}

/**
 * Compares letter by letter, blanks and line ends apart. HTML is compared as its text, for a sanitiser rewrites tags;
 * our text is compared with a text, our safe HTML with an HTML, as a link or a quote mark is spelled out in text.
 * `source` is the HTML as sent. Each leniency below says which two readings a user would call the same.
 */
export function compareParse(view: MessageView, expected: ExpectedParse, source: string): MimeMatch {
  const author = toAuthor(expected);
  return {
    subject: typeof expected.subject === 'string' ? isSame(expected.subject, view.subject) : undefined,
    from: author?.address ? isSameAddress(author.address, view.from.address) : undefined,
    fromName: author?.name ? isSame(author.name, view.from.name) : undefined,
    body: compareBody(view, expected, source),
    attachments: compareAttachments(view, expected),
  };
}

/** `Test test@example.com`, which the other parser could not take apart, is the address within. */
function isSameAddress(expected: string, actual: string): boolean {
  return expected.toLowerCase().split(/\s+/).includes(actual);
}

function toAuthor({ from, from_email, from_display_name }: ExpectedParse) {
  if (from_email !== undefined) return { address: from_email, name: from_display_name };
  return typeof from === 'object' ? from?.Address?.List?.[0] : undefined;
}

function compareBody(view: MessageView, expected: ExpectedParse, source: string): boolean | undefined {
  if (expected.body !== undefined) {
    if (expected.body === NOTHING_SHOWN) return undefined;
    return matches(view, expected.body, expected.content_type === 'text/html', source);
  }
  if (expected.text === undefined || expected.html === undefined) return undefined;
  const text = expected.text.join('\n');
  const html = expected.html.join('\n');
  if (text === html)
    return matches(view, text, view.html !== undefined && /<[a-z!][^>]*>/i.test(text), source);
  return (
    (expected.text.length === 0 || matches(view, text, false, source)) &&
    (expected.html.length === 0 || matches(view, html, true, source))
  );
}

function matches(view: MessageView, expected: string, isHtml: boolean, source: string): boolean {
  // Long bodies were cut when the rows were made; of a broken mail Stalwart shows the whole parts, we all that is there.
  const isCut = (expected.length >= 3000 && expected.length % 1000 === 0) || isBroken(view);
  if (!isHtml) return isSame(expected, view.text, isCut);
  const html = view.html ?? view.text;
  const theirs = htmlText(withoutHidden(view, expected), isCut);
  // Of several HTML parts in a row Zammad shows one and lists the others as files; we show all, as mail programs do.
  return [html, ...html.split(HTML_BREAK)].some((part) => {
    const ours = htmlText(part);
    // Zammad leaves the words of <title> in the body, where no mail program shows them.
    return [ours, `${titleOf(source)}${ours}`].some((shown) => isSame(theirs, shown, isCut));
  });
}

function isBroken({ warnings }: MessageView): boolean {
  return warnings.some((warning) => BROKEN.test(warning));
}

/** Text that no reader sees is left out by us, and says so; other parsers keep it. */
function withoutHidden({ warnings }: MessageView, html: string): string {
  const isLeftOut = warnings.some((warning) => warning.startsWith('hidden text'));
  return isLeftOut ? toSafeHtml(html, Number.POSITIVE_INFINITY).html : html;
}

function titleOf(html: string): string {
  return /<title[^>]{0,100}>([^<]{0,500})<\/title/i.exec(html)?.[1] ?? '';
}

/** Where the other parser lost letters (U+FFFD, one for each byte at most), any of ours will do, no more than it lost. */
function isSame(expected: string, actual: string, isCut = false): boolean {
  const found = letters(actual);
  let at = 0;
  let lost = 0;
  for (const piece of letters(expected).split(/(\ufffd+)/)) {
    if (piece.startsWith('\ufffd')) lost += piece.length;
    else if (piece !== '') {
      const next = found.indexOf(piece, at);
      if (next < at || next > at + lost) return false;
      at = next + piece.length;
      lost = 0;
    }
  }
  return isCut || found.length - at <= lost;
}

function compareAttachments(view: MessageView, expected: ExpectedParse): boolean | undefined {
  if (expected.n_attachments !== undefined) return hasCount(view, expected, expected.n_attachments);
  if (expected.attachments === undefined) return undefined;
  const shown = (view.html ?? '').split(HTML_BREAK).length - 1;
  // Not files to a user: the HTML body itself, HTML parts and untyped parts that we show, all of them nameless.
  let inBody = shown;
  const files = expected.attachments.filter(({ filename, mime }) => {
    if (filename === 'message.html') return false;
    if (mime === null && filename === 'file' && view.text !== '') return false;
    return !(/^document\d*\.html$/.test(filename) && inBody-- > 0);
  });
  const ours = view.attachments.map(({ filename }) => letters(filename));
  const missing = files.filter(({ filename }) => !MADE_UP.has(filename) && !ours.includes(nameOf(filename)));
  // We list what it holds in its place, for Outlook alone opens it.
  if (missing.length === 1 && /^winmail\.dat$/i.test(missing[0]?.filename ?? '')) return true;
  return files.length === view.attachments.length && missing.length === 0;
}

/** Without the folders of the sender's machine. */
function nameOf(filename: string): string {
  return letters(filename.split(/[\\/]/).at(-1) ?? '');
}

function hasCount(view: MessageView, expected: ExpectedParse, count: number): boolean {
  const { attachments, text } = view;
  // A picture in the body counts as body in JMAP (RFC 8621 4.1.4), which Stalwart follows, and as a file elsewhere.
  const others = attachments.filter(({ contentType }) => !/^(?:image|audio|video)\//.test(contentType));
  if (count === attachments.length || count === others.length) return true;
  if (!isBroken(view)) return false;
  // Broken: what Stalwart lists as one damaged file we show as text, or as the files that stand in it.
  const isShown = letters(text).length > letters(expected.text?.join('') ?? '').length;
  return count <= attachments.length + (isShown ? 1 : 0);
}

function letters(text: string): string {
  // A quote mark that stood before each line stands before each paragraph where format=flowed lines were joined.
  return text
    .normalize('NFC')
    .replace(/^[> ]+/gm, '')
    .replace(/[\s\u00a0\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, '');
}

/** Both sides go through this, so it decides nothing but what counts as letters; what stands outside a <body> does not. */
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
