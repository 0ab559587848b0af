import sanitize from 'sanitize-html';
import { createBackdrop } from './html-backdrop.ts';
import { hasProseInComments } from './html-comments.ts';
import { isHidden } from './html-hidden.ts';
import { readSheet } from './html-sheet.ts';
import { filterStyle } from './html-style.ts';

const TEXT_TAGS =
  'a abbr address article b bdi blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var'.split(
    ' ',
  );
const IMAGE_SOURCE = /^(?:cid:|data:image\/(?:png|gif|jpeg|webp|bmp);base64,)/i;

const INDENT =
  /border:\s{0,3}none|border-width:\s{0,3}0|margin:\s{0,3}0(?:px)?\s{1,3}0(?:px)?\s{1,3}0(?:px)?\s{1,3}40px/i;

const HIDDEN_MARK = 'data-hidden';

const OPTIONS: sanitize.IOptions = {
  allowedTags: TEXT_TAGS,
  allowedAttributes: {
    '*': ['dir', 'lang', 'align', 'valign', 'style'],
    div: [HIDDEN_MARK],
    a: ['href', 'title', 'rel', 'target'],
    img: ['src', 'alt', 'width', 'height'],
    font: ['color'],
    ol: ['start', 'type'],
    td: ['colspan', 'rowspan', 'bgcolor'],
    th: ['colspan', 'rowspan', 'bgcolor'],
    table: ['border', 'cellpadding', 'cellspacing', 'bgcolor'],
  },
  // Styles are filtered below: the built-in way runs a CSS parser on each attribute, most of the time spent.
  parseStyleAttributes: false,
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid', 'data'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'template',
    'svg',
    'math',
    'xmp',
    'iframe',
  ],
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
    }),
    // Gmail and Apple Mail indent with a blockquote that has no border: layout, not a quote.
    div: (tagName, attribs) => ({ tagName: isQuote(attribs) ? 'blockquote' : tagName, attribs }),
    blockquote: (tagName, attribs) => ({ tagName: isIndent(attribs) ? 'div' : tagName, attribs }),
    img: (tagName, attribs) => ({ tagName, attribs: keepLocalSource(attribs) }),
  },
};

/** HTML that may be shown, and what a reader would not have seen of it. */
export interface SafeHtml {
  /** Text in the colour of its background stays, in `span[data-faint]`, and is left out where this becomes text. */
  readonly html: string;
  /** Elements were left out, or text is as good as invisible. */
  readonly hidden: boolean;
  /** Comments held sentences. */
  readonly comments: boolean;
  /** Links beyond the limit were made plain text. */
  readonly linksCut: boolean;
}

/**
 * HTML that may be shown: no scripts, forms, frames, event handlers or remote content (images only by cid: or inline
 * raster data), no style that hides or positions, no text that was hidden. Links open apart and tell nothing of where
 * they come from.
 */
export function toSafeHtml(html: string, maxLinks = 1000): SafeHtml {
  let hidden = false;
  let links = 0;
  const sheet = readSheet(html);
  const backdrop = createBackdrop(sheet);
  const cleanTag: sanitize.Transformer = (tagName, attribs) => {
    if (isHidden(tagName, attribs) || sheet.hides(tagName, attribs)) {
      hidden = true;
      // As an allowed tag, for the filter below is not asked about others.
      return { tagName: 'div', attribs: { [HIDDEN_MARK]: '1' } };
    }
    if (tagName === 'a' && attribs.href !== undefined && ++links > maxLinks) {
      const { href: _, ...others } = attribs;
      return { tagName, attribs: keepStyle(others) };
    }
    return { tagName, attribs: keepStyle(attribs) };
  };
  const safe = sanitize(html, {
    ...OPTIONS,
    transformTags: { ...OPTIONS.transformTags, '*': cleanTag },
    exclusiveFilter: (frame) => frame.attribs[HIDDEN_MARK] !== undefined,
    onOpenTag: backdrop.open,
    onCloseTag: backdrop.close,
    textFilter(text) {
      if (!backdrop.isFaint() || /^(?:\s|&nbsp;|\u00a0)*$/.test(text)) return text;
      hidden = true;
      return `<span data-faint>${text}</span>`;
    },
  });
  return { html: safe.trim(), hidden, comments: hasProseInComments(html), linksCut: links > maxLinks };
}

function keepStyle(attribs: sanitize.Attributes): sanitize.Attributes {
  if (attribs.style === undefined) return attribs;
  const { style, ...others } = attribs;
  const kept = filterStyle(style);
  return kept === '' ? others : { ...others, style: kept };
}

function keepLocalSource(attribs: sanitize.Attributes): sanitize.Attributes {
  const { src, ...others } = attribs;
  return src !== undefined && IMAGE_SOURCE.test(src.trim()) ? { ...others, src } : others;
}

// Yahoo quotes in a plain element; Thunderbird introduces in one, in the language of its user.
function isQuote(attribs: sanitize.Attributes): boolean {
  return /(?:^|\s)(?:yahoo_quoted|moz-cite-prefix)(?:\s|$)/.test((attribs.class ?? '').slice(0, 500));
}

function isIndent(attribs: sanitize.Attributes): boolean {
  return attribs.type !== 'cite' && INDENT.test((attribs.style ?? '').slice(0, 500));
}
