import { cleanText } from './clean-text.ts';
import type { BodySlot } from './collect-content.ts';
import { isTooDeep } from './html-depth.ts';
import { toSafeHtml } from './html-safe.ts';
import { toHtmlText } from './html-text.ts';
import type { ReadLimits } from './read-limits.ts';
import { stripTags } from './strip-tags.ts';
import type { Warnings } from './warnings.ts';

/** The body as text and, when any part of it is HTML, as safe HTML. */
export interface BodyViews {
  readonly text: string;
  readonly html: string | undefined;
}

/** Renders the slots of a body: text from the text part, else from the HTML; HTML the other way round. */
export function renderBody(slots: readonly BodySlot[], limits: ReadLimits, warnings: Warnings): BodyViews {
  const capped = slots.map((slot) => ({ ...slot, html: capHtml(slot.html, limits, warnings) }));
  const text = capped.map(toText).filter((piece) => piece !== '');
  const hasHtml = capped.some((slot) => slot.html !== undefined && slot.html.deep === false);
  const html = hasHtml ? capped.map(toHtml).join('\n<hr />\n') : undefined;
  return { text: text.join('\n\n'), html };
}

interface CappedHtml {
  readonly source: string;
  readonly deep: boolean;
}

interface CappedSlot {
  readonly plain: string | undefined;
  readonly html: CappedHtml | undefined;
}

function capHtml(html: string | undefined, limits: ReadLimits, warnings: Warnings): CappedHtml | undefined {
  if (html === undefined || html.trim() === '') return undefined;
  if (html.length > limits.maxHtmlChars)
    warnings.add(`over ${limits.maxHtmlChars} characters of HTML, the rest not read`);
  const source = cleanText(html.slice(0, limits.maxHtmlChars));
  const deep = isTooDeep(source, limits.maxHtmlDepth);
  if (deep) warnings.add(`over ${limits.maxHtmlDepth} HTML elements within each other, shown as text`);
  return { source, deep };
}

function toText(slot: CappedSlot): string {
  if (slot.plain !== undefined && slot.plain.trim() !== '') return slot.plain.trimEnd();
  if (!slot.html) return '';
  return cleanText(slot.html.deep ? stripTags(slot.html.source) : toHtmlText(slot.html.source)).trimEnd();
}

function toHtml(slot: CappedSlot): string {
  if (slot.html && !slot.html.deep) return toSafeHtml(slot.html.source);
  const escaped = toText(slot).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div>${escaped.replaceAll('\n', '<br />')}</div>`;
}
