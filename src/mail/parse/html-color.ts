/** Red, green, blue, 0-255 each. */
export type Color = readonly [number, number, number];

const NAMES: Readonly<Record<string, Color>> = {
  white: [255, 255, 255],
  black: [0, 0, 0],
  red: [255, 0, 0],
  green: [0, 128, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  gray: [128, 128, 128],
  grey: [128, 128, 128],
  silver: [192, 192, 192],
  snow: [255, 250, 250],
  ivory: [255, 255, 240],
  whitesmoke: [245, 245, 245],
  ghostwhite: [248, 248, 255],
};
const RGB = /^rgba?\(\s{0,3}(\d{1,3})[\s,]{1,4}(\d{1,3})[\s,]{1,4}(\d{1,3})/;

/** A colour of CSS or of an HTML attribute; undefined for one that is not known here. */
export function parseColor(value: string): Color | undefined {
  const text = value.trim().toLowerCase();
  const hex = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/.exec(text)?.[1];
  if (hex !== undefined) {
    const full = hex.length === 6 ? hex : [...hex].map((digit) => digit + digit).join('');
    const number = Number.parseInt(full, 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  }
  const [, red, green, blue] = RGB.exec(text) ?? [];
  if (red !== undefined) return [Number(red), Number(green), Number(blue)];
  return Object.hasOwn(NAMES, text) ? NAMES[text] : undefined;
}

/** Contrast as WCAG 2 defines it, from 1 (the same) to 21. Under 1.15 nobody reads it. */
export function contrast(a: Color, b: Color): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Color): number {
  const [red = 0, green = 0, blue = 0] = color.map((channel) => {
    const share = Math.min(255, channel) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
