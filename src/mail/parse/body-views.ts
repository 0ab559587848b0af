import { cleanText } from './clean-text.ts';
import { type BodySlot, HTML_BREAK } from './collect-content.ts';
import { isTooDeep } from './html-depth.ts';
import { toSafeHtml } from './html-safe.ts';
import { toHtmlText } from './html-text.ts';
import { removeInvisible } from './invisible-text.ts';
import type { ReadLimits } from './read-limits.ts';
import { stripTags } from './strip-tags.ts';
import type { Warnings } from './warnings.ts';

/** The body as text and, when any part of it is HTML, as safe HTML. */
export interface BodyViews {
  readonly text: string;
  readonly html: string | undefined;
}

/** One place of the body after its HTML was made safe, or given up as too deep (`plain` then holds its text). */
interface SafeSlot {
  readonly plain: string | undefined;
  readonly html: string | undefined;
}

/** Renders the slots of a body: text from the text part, else from the safe HTML, which shows no hidden text. */
export function renderBody(slots: readonly BodySlot[], limits: ReadLimits, warnings: Warnings): BodyViews {
  const safe = slots.map((slot) => makeSafe(slot, limits, warnings));
  const texts = safe.map((slot) => {
    const { text, hidden } = removeInvisible(toText(slot));
    if (hidden) warnings.add('invisible characters left out');
    return text;
  });
  const html = safe.some((slot) => slot.html !== undefined)
    ? safe.map((slot, index) => slot.html ?? textAsHtml(texts[index] ?? '')).join(HTML_BREAK)
    : undefined;
  return { text: texts.filter((text) => text !== '').join('\n\n'), html };
}

function makeSafe(slot: BodySlot, limits: ReadLimits, warnings: Warnings): SafeSlot {
  const plain = slot.plain?.trim() ? slot.plain.trimEnd() : undefined;
  if (!slot.html?.trim()) return { plain, html: undefined };
  if (slot.html.length > limits.maxHtmlChars) {
    warnings.limit(`over ${limits.maxHtmlChars} characters of HTML, the rest not read`);
  }
  const source = cleanText(slot.html.slice(0, limits.maxHtmlChars));
  if (isTooDeep(source, limits.maxHtmlDepth)) {
    warnings.limit(`over ${limits.maxHtmlDepth} HTML elements within each other, shown as text`);
    return { plain: plain ?? cleanText(stripTags(source)), html: undefined };
  }
  const { html, hidden, comments, linksCut } = toSafeHtml(source, limits.maxLinks);
  if (hidden) warnings.add('hidden text in the HTML left out');
  if (comments) warnings.add('text in comments of the HTML left out');
  if (linksCut) warnings.limit(`over ${limits.maxLinks} links, the others shown as text`);
  return { plain, html };
}

function toText({ plain, html }: SafeSlot): string {
  return plain ?? (html === undefined ? '' : cleanText(toHtmlText(html)).trimEnd());
}

function textAsHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div>${escaped.replaceAll('\n', '<br />')}</div>`;
}
