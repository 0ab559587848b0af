// Layout tables set `font-size:0` on cells whose content sets its own: there it hides nothing.
const INLINE = new Set(['p', 'span', 'font', 'a', 'b', 'i', 'em', 'strong', 'small', 'label', 'center']);
const HIDING =
  /(?:^|[;\s])(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|opacity\s{0,3}:\s{0,3}0(?![.\d])|mso-hide\s{0,3}:\s{0,3}all|(?:left|right|top|text-indent|margin-left|margin-top)\s{0,3}:\s{0,3}-\d{3,})/i;
const NO_SIZE = /(?:^|[;\s])font-size\s{0,3}:\s{0,3}0(?![.\d]{0,8}[1-9])/i;

/** True when a reader would not see what this element holds. */
export function isHidden(tag: string, attribs: Readonly<Record<string, string | undefined>>): boolean {
  if (attribs.hidden !== undefined) return true;
  const style = attribs.style?.slice(0, 1000);
  if (!style) return false;
  return HIDING.test(style) || (INLINE.has(tag) && NO_SIZE.test(style));
}
