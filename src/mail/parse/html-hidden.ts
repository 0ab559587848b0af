// Layout tables set `font-size:0` on cells whose content sets its own: there it hides nothing.
const INLINE = new Set(['p', 'span', 'font', 'a', 'b', 'i', 'em', 'strong', 'small', 'label', 'center']);
const HIDING =
  /(?:^|[;\s])(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}(?:hidden|collapse)|opacity\s{0,3}:\s{0,3}0?\.?0{1,3}(?![.\d])|mso-hide\s{0,3}:\s{0,3}all|color\s{0,3}:\s{0,3}transparent|clip\s{0,3}:\s{0,3}rect\(\s{0,3}[01](?:px)?[\s,]|clip-path\s{0,3}:\s{0,3}inset\(\s{0,3}(?:50|100)%|transform\s{0,3}:\s{0,3}scale\(\s{0,3}0\s{0,3}\)|(?:left|right|top|text-indent|margin-left|margin-top)\s{0,3}:\s{0,3}-(?:\d{3,}|\d{2,3}(?:em|rem|vw|%)))/i;
const NO_SIZE = /(?:^|[;\s])font-size\s{0,3}:\s{0,3}(?:0(?![.\d]{0,8}[1-9])|0?\.\d{1,4}p[xt]|1px)/i;
const NO_BOX =
  /(?:^|[;\s])(?:max-)?(?:height|width)\s{0,3}:\s{0,3}[01](?:px|pt|em|%)?\s{0,3}(?:!important\s{0,3})?(?:;|$)/i;
const CUT = /(?:^|[;\s])overflow\s{0,3}:\s{0,3}hidden/i;

/** True when a reader would not see what this element holds. */
export function isHidden(tag: string, attribs: Readonly<Record<string, string | undefined>>): boolean {
  if (attribs.hidden !== undefined) return true;
  const style = attribs.style?.slice(0, 1000);
  if (!style) return false;
  return hidesByStyle(style) || (INLINE.has(tag) && NO_SIZE.test(style));
}

/** Declarations that hide whatever element they are for; a box of no size only with what sticks out cut off. */
export function hidesByStyle(style: string): boolean {
  const text = style.slice(0, 1000);
  return HIDING.test(text) || (CUT.test(text) && NO_BOX.test(text));
}
