import { type Color, contrast, parseColor } from './html-color.ts';
import type { StyleSheet } from './html-sheet.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

export interface Backdrop {
  open(tag: string, attribs: Attributes): void;
  close(): void;
  /** True when text that stands here has the colour of what is behind it. */
  isFaint(): boolean;
}

/** Undefined: a picture, a gradient or a rule that depends on more decides. */
interface Layer {
  readonly behind: Color | undefined;
  readonly ink: Color | undefined;
}

const PAPER: Layer = { behind: [255, 255, 255], ink: [0, 0, 0] };
const MIN_CONTRAST = 1.15;
const BEHIND = /(?:^|[;\s])background(?:-color)?\s{0,3}:\s{0,3}([^;]{1,200})/i;
const INK = /(?:^|[;\s])color\s{0,3}:\s{0,3}([^;]{1,60})/i;
const CLEAR = /^(?:transparent|none|inherit|initial|unset)/;
const PICTURE = /url\(|gradient/i;

/** Follows text and background colours through nested elements, to find white on white. */
export function createBackdrop(sheet: StyleSheet): Backdrop {
  const layers: Layer[] = [PAPER];
  return {
    open(tag, attribs) {
      const below = layers.at(-1) ?? PAPER;
      const style = attribs.style?.slice(0, 2000) ?? '';
      const paint = sheet.paint(tag, attribs);
      const ink = INK.exec(style)?.[1] ?? paint.ink ?? (tag === 'body' ? attribs.text : attribs.color);
      const behind = BEHIND.exec(style)?.[1] ?? paint.behind ?? attribs.bgcolor;
      const hasPicture = attribs.background !== undefined || PICTURE.test(style);
      layers.push({
        behind: hasPicture ? undefined : resolve(behind, below.behind),
        ink: resolve(ink, below.ink),
      });
    },
    close() {
      if (layers.length > 1) layers.pop();
    },
    isFaint() {
      const { behind, ink } = layers.at(-1) ?? PAPER;
      return behind !== undefined && ink !== undefined && contrast(behind, ink) < MIN_CONTRAST;
    },
  };
}

function resolve(declared: string | undefined, below: Color | undefined): Color | undefined {
  if (declared === undefined) return below;
  const value = declared
    .replace(/!important/i, '')
    .trim()
    .toLowerCase();
  if (CLEAR.test(value)) return below;
  // `background: #fff url(...)` was seen before; of `#fff no-repeat` the first word is the colour.
  return parseColor(value) ?? parseColor(/^\S{1,40}/.exec(value)?.[0] ?? '');
}
