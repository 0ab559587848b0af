// Elements whose end tag may be left out or does not exist: they do not nest by themselves.
const FLAT = new Set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dd dt option tbody thead tfoot html head body !doctype'.split(
    ' ',
  ),
);
// A name ends at a blank, `/` or `>` only: to the HTML libraries `<p<p>` is an element of its own.
const TAG = /<(\/?)([a-zA-Z!][^\s/>]{0,60})/g;

/** True when elements nest deeper than `max`: both HTML libraries turn quadratic there (28 s for 1 MB of `<div>`). */
export function isTooDeep(html: string, max: number): boolean {
  let depth = 0;
  for (const match of html.matchAll(TAG)) {
    if (FLAT.has((match[2] ?? '').toLowerCase())) continue;
    if (match[1] === '/') depth = Math.max(0, depth - 1);
    else if (++depth > max) return true;
  }
  return false;
}
