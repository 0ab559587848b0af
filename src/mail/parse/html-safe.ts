import sanitize from 'sanitize-html';

const TEXT_TAGS =
  'a abbr address article b bdi blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var'.split(
    ' ',
  );
const COLOR = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]{1,40}\)$/i, /^[a-z]{3,20}$/i];
const LENGTH = [/^\d{1,3}(?:\.\d{1,3})?(?:px|pt|em|rem|%)$/, /^0$/];
const IMAGE_SOURCE = /^(?:cid:|data:image\/(?:png|gif|jpeg|webp|bmp);base64,)/i;

// No display, visibility, opacity, position, margin, float, size of text or box: nothing that hides or covers.
const STYLES = {
  color: COLOR,
  'background-color': COLOR,
  'font-weight': [/^(?:normal|bold|bolder|lighter|[1-9]00)$/],
  'font-style': [/^(?:normal|italic|oblique)$/],
  'text-align': [/^(?:left|right|center|justify|start|end)$/],
  'text-decoration': [/^(?:none|underline|line-through)$/],
  'vertical-align': [/^(?:top|middle|bottom|baseline)$/],
  padding: LENGTH,
};

const OPTIONS: sanitize.IOptions = {
  allowedTags: TEXT_TAGS,
  allowedAttributes: {
    '*': ['dir', 'lang', 'align', 'valign', 'style'],
    a: ['href', 'title', 'rel', 'target'],
    img: ['src', 'alt', 'width', 'height'],
    font: ['color'],
    ol: ['start', 'type'],
    td: ['colspan', 'rowspan', 'bgcolor'],
    th: ['colspan', 'rowspan', 'bgcolor'],
    table: ['border', 'cellpadding', 'cellspacing', 'bgcolor'],
    blockquote: ['type'],
  },
  allowedStyles: { '*': STYLES },
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
    img: (tagName, attribs) => ({ tagName, attribs: keepLocalSource(attribs) }),
  },
};

/**
 * HTML that may be shown: no scripts, forms, frames, event handlers or remote content (images only by cid: or inline
 * raster data), no style that hides or positions. Links open apart and tell nothing of where they come from.
 */
export function toSafeHtml(html: string): string {
  return sanitize(html, OPTIONS).trim();
}

function keepLocalSource(attribs: sanitize.Attributes): sanitize.Attributes {
  const { src, ...others } = attribs;
  return src !== undefined && IMAGE_SOURCE.test(src.trim()) ? { ...others, src } : others;
}
