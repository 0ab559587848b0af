import { hidesByStyle } from './html-hidden.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

/** What the style elements of an HTML say about visibility. */
export interface StyleSheet {
  hides(tag: string, attribs: Attributes): boolean;
  /** Declarations of colours that hold for an element: CSS values, or a word that is no colour where it depends. */
  paint(tag: string, attribs: Attributes): Paint;
}

export interface Paint {
  readonly behind: string | undefined;
  readonly ink: string | undefined;
}

const MAX_RULES = 2000;
/** One plain class, id or element, alone: what depends on what is around it is not judged. */
const PLAIN = /^(?:[a-z][a-z0-9]{0,20})?(?:[.#][\w-]{1,80})?$/i;
const BEHIND = /(?:^|[;\s])background(?:-color|-image)?\s{0,3}:\s{0,3}([^;]{1,200})/i;
const INK = /(?:^|[;\s])color\s{0,3}:\s{0,3}([^;]{1,60})/i;
const DEPENDS = 'depends';

/**
 * Reads plain rules (`.x { display: none }`). Rules within `@media` are left out: they show or hide by device, and
 * mail for phones and desks is full of them.
 */
export function readSheet(html: string): StyleSheet {
  const hiding = new Set<string>();
  const behind = new Map<string, string>();
  const ink = new Map<string, string>();
  for (const { selectors, body } of styleTexts(html).flatMap(topRules).slice(0, MAX_RULES)) {
    const hides = hidesByStyle(body);
    const declared = [BEHIND, INK].map((pattern) => pattern.exec(body)?.[1]?.trim());
    for (const selector of selectors.split(',').slice(0, 50)) {
      const name = selector.trim().toLowerCase();
      const isPlain = name !== '' && PLAIN.test(name);
      if (hides && isPlain) hiding.add(name);
      // Of a longer selector the last name is what it paints.
      const painted =
        name
          .split(/[\s>+~]+/)
          .at(-1)
          ?.split(/:|\[/)[0] ?? name;
      const [back, front] = declared.map((value) => value && (isPlain ? value : DEPENDS));
      if (back) behind.set(painted, back);
      if (front) ink.set(painted, front);
    }
  }
  const isBare = hiding.size + behind.size + ink.size === 0;
  return {
    hides: (tag, attribs) => hiding.size > 0 && namesOf(tag, attribs).some((name) => hiding.has(name)),
    paint(tag, attribs) {
      const names = isBare ? [] : namesOf(tag, attribs);
      return { behind: lastOf(behind, names), ink: lastOf(ink, names) };
    },
  };
}

function lastOf(values: ReadonlyMap<string, string>, names: readonly string[]): string | undefined {
  const found = names.flatMap((name) => values.get(name) ?? []);
  return found.length > 1 ? DEPENDS : found[0];
}

function namesOf(tag: string, attribs: Attributes): string[] {
  const classes = (attribs.class ?? '').slice(0, 500).toLowerCase().split(/\s+/).filter(Boolean);
  const id = attribs.id?.toLowerCase();
  const marks = [...classes.map((name) => `.${name}`), ...(id ? [`#${id}`] : [])];
  return [tag, ...marks, ...marks.map((mark) => tag + mark)];
}

function styleTexts(html: string): string[] {
  const found: string[] = [];
  const edge = /<style\b[^>]{0,500}>|<\/style/gi;
  let start: number | undefined;
  for (let match = edge.exec(html); match; match = edge.exec(html)) {
    const closes = match[0].startsWith('</');
    if (closes && start !== undefined) found.push(html.slice(start, match.index));
    if (closes) start = undefined;
    else start ??= edge.lastIndex;
  }
  if (start !== undefined) found.push(html.slice(start));
  return found;
}

function topRules(css: string): { selectors: string; body: string }[] {
  const rules: { selectors: string; body: string }[] = [];
  const text = css.replace(/\/\*[\s\S]*?(?:\*\/|$)|<!--|-->/g, '');
  let pos = 0;
  while (pos < text.length && rules.length < MAX_RULES) {
    const brace = text.indexOf('{', pos);
    if (brace < 0) break;
    const selectors = text
      .slice(pos, brace)
      .replace(/^[^;]*;/, '')
      .trim();
    const end = closeOf(text, brace);
    if (!selectors.startsWith('@'))
      rules.push({ selectors: selectors.slice(0, 4000), body: text.slice(brace + 1, end) });
    pos = end + 1;
  }
  return rules;
}

/** The position of the brace that closes the one at `brace`; the end of the text when none does. */
function closeOf(text: string, brace: number): number {
  let depth = 0;
  for (let i = brace; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return text.length;
}
