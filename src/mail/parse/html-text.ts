import { compile, type HtmlToTextOptions } from 'html-to-text';

const OPTIONS: HtmlToTextOptions = {
  wordwrap: false,
  preserveNewlines: false,
  limits: { maxDepth: 250, maxChildNodes: 20_000, maxInputLength: 4 * 1024 * 1024 },
  formatters: {
    // `> ` before each line; the built-in one leaves out the blank lines between.
    quote(elem, walk, builder) {
      builder.openBlock({ leadingLineBreaks: 2, reservedLineLength: 2 });
      walk(elem.children, builder);
      builder.closeBlock({ trailingLineBreaks: 2, blockTransform: (text) => text.replace(/^/gm, '> ') });
    },
  },
  selectors: [
    { selector: 'a', options: { ignoreHref: false, hideLinkHrefIfSameAsText: true, noAnchorUrl: true } },
    { selector: 'span[data-faint]', format: 'skip' },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'hr', format: 'block' },
    { selector: 'blockquote', format: 'quote' },
    { selector: 'h1', format: 'block' },
    { selector: 'h2', format: 'block' },
    { selector: 'h3', format: 'block' },
    { selector: 'h4', format: 'block' },
    { selector: 'h5', format: 'block' },
    { selector: 'h6', format: 'block' },
  ],
};

const convert = compile(OPTIONS);

/** Safe HTML as text: paragraphs apart, links with their address, blockquotes as `> ` lines, images left out. */
export function toHtmlText(html: string): string {
  // By line and not by /\s+$/: that is quadratic on a long run of no-break spaces.
  const lines = convert(html).split('\n');
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
