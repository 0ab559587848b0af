const COLOR = /^(?:#[0-9a-f]{3,8}|rgba?\([\d\s.,%]{1,40}\)|[a-z]{3,20})$/;

// No display, visibility, opacity, position, margin, float, size of text or box: nothing that hides, covers or loads.
const ALLOWED: ReadonlyMap<string, RegExp> = new Map([
  ['color', COLOR],
  ['background-color', COLOR],
  ['font-weight', /^(?:normal|bold|bolder|lighter|[1-9]00)$/],
  ['font-style', /^(?:normal|italic|oblique)$/],
  ['text-align', /^(?:left|right|center|justify|start|end)$/],
  ['text-decoration', /^(?:none|underline|line-through)$/],
  ['vertical-align', /^(?:top|middle|bottom|baseline)$/],
  ['padding', /^\d{1,2}(?:\.\d{1,3})?(?:px|pt)?$/],
]);
const MAX_CHARS = 2000;

/** The harmless declarations of a style attribute; empty when there are none. */
export function filterStyle(style: string): string {
  const kept: string[] = [];
  for (const declaration of style.slice(0, MAX_CHARS).toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, colon).trim();
    const value = declaration.slice(colon + 1).trim();
    if (colon > 0 && ALLOWED.get(name)?.test(value)) kept.push(`${name}:${value}`);
  }
  return kept.join(';');
}
