export interface Link {
  readonly href: string;
  /** What the reader sees; empty for a bare address in the text. */
  readonly label: string;
}

const ANCHOR = /<a\b([^<>]{1,2000})>/gi;
const HREF = /\bhref\s{0,3}=\s{0,3}(?:"([^"]{1,1500})"|'([^']{1,1500})'|([^\s"'>]{1,1500}))/i;
const BARE = /https?:[\\/]{1,4}[^\s"'<>]{1,1000}/gi;
const ENTITY =
  /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|colon|sol|bsol|period|commat|tab|newline|shy|zwnj|zwj));?/gi;
const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', colon: ':', sol: '/', bsol: '\\', period: '.', commat: '@', tab: '\t', newline: '\n' },
  ...{ shy: '\u00ad', zwnj: '\u200c', zwj: '\u200d' },
};
const LABEL_CAP = 300;
const MOST = 200;

/** The links of HTML and texts, at most 200. Linear: each label is looked for in the 300 units after its tag. */
export function findLinks(html: string, texts: readonly string[]): readonly Link[] {
  const links: Link[] = [];
  for (const match of html.matchAll(ANCHOR)) {
    if (links.length >= MOST) return links;
    const [, double, single, bare] = HREF.exec(match[1] ?? '') ?? [];
    const href = double ?? single ?? bare;
    if (href === undefined || href.trim() === '') continue;
    const start = match.index + match[0].length;
    const rest = html.slice(start, start + LABEL_CAP);
    const end = rest.search(/<\/a/i);
    links.push({
      href: decodeEntities(href).trim(),
      label: (end < 0 ? rest : rest.slice(0, end)).replace(/<[^<>]{0,200}>/g, '').trim(),
    });
  }
  for (const text of texts) {
    for (const [href] of text.slice(0, 40_000).matchAll(BARE)) {
      if (links.length >= MOST) return links;
      // JSON in a letter writes its slashes so.
      const isEscaped = /^https?:\\\/\\\//i.test(href);
      links.push({ href: isEscaped ? href.replaceAll('\\/', '/') : href, label: '' });
    }
  }
  return links;
}

/** Those of HTML that letters of a link are hidden in. */
function decodeEntities(href: string): string {
  return href.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
