import type { MessageView } from '../../../domain/message.ts';
import type { RawFacts } from '../../../domain/raw-facts.ts';
import { createFeatureBag, type FeatureBag } from '../model/feature-bag.ts';
import type { FeatureBlocks } from '../model/linear-model.ts';
import { addHeaderFeatures } from './header-features.ts';
import { addHtmlFeatures } from './html-features.ts';

/** Linear-time word finder: letters, digits, and the signs that advertising is made of. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'$%-]{0,30}|[$€£%!?*]{1,5}/gu;
const BODY_CAP = 12_000;
const MOST_WORDS = 1500;
const LINK = /https?:\/\/[^\s"'<>()\\]{1,300}/gi;

export const SPAM_BITS = 18;

/** What the spam model reads: the words of subject and text, and the shape of header, HTML and links. Linear, capped. */
export function spamFeatures(view: MessageView, raw: RawFacts): FeatureBlocks {
  const words = createFeatureBag(SPAM_BITS - 1);
  addWords(words, 's', view.subject.slice(0, 300));
  addWords(words, 'b', view.text.slice(0, BODY_CAP));
  const shape = createFeatureBag(SPAM_BITS - 1, 2 ** (SPAM_BITS - 1));
  addHeaderFeatures(shape, view, raw.headers);
  addHtmlFeatures(shape, raw.html, view.text);
  addTextShape(shape, view);
  for (const [link] of view.text.slice(0, BODY_CAP).matchAll(LINK)) addLink(shape, link);
  return [words.indices(), shape.indices()];
}

function addWords(bag: FeatureBag, field: string, text: string): void {
  let before = '';
  let earlier = '';
  let count = 0;
  for (const [word] of text.matchAll(WORD)) {
    if (count++ > MOST_WORDS) return;
    const low = /\d/.test(word) ? word.replace(/\d/g, '0') : word.toLowerCase();
    bag.add(field, low);
    if (word.length > 3 && word === word.toUpperCase() && /\p{L}{4}/u.test(word)) bag.add(`${field}C`, low);
    if (before !== '') bag.add(`${field}2`, `${before} ${low}`);
    if (earlier !== '') bag.add(`${field}3`, `${earlier} ${low}`);
    earlier = before;
    before = low;
  }
}

function addTextShape(bag: FeatureBag, { subject, text, attachments, automatic }: MessageView): void {
  const letters = text.replace(/[^\p{L}]/gu, '').slice(0, 5000);
  const capitals = letters.replace(/[^\p{Lu}]/gu, '').length / Math.max(1, letters.length);
  bag.add('caps', String(Math.min(9, Math.floor(capitals * 20))));
  bag.add('length', String(Math.floor(Math.log2(text.length + 1))));
  bag.add('money', String(Math.min(4, (text.slice(0, BODY_CAP).match(/[$€£]\s?\d/g) ?? []).length)));
  bag.add('shout', String(Math.min(6, (text.slice(0, BODY_CAP).match(/!/g) ?? []).length)));
  const foreign =
    (text.slice(0, 4000).match(/\P{ASCII}/gu) ?? []).length / Math.max(1, Math.min(4000, text.length));
  bag.add('foreign', String(Math.ceil(Math.min(0.5, foreign) * 10)));
  bag.add('quoted', String(/^>/m.test(text)));
  bag.add('files', String(Math.min(3, attachments.length)));
  bag.add('kind', automatic.kind);
  if (/ {4,}\S{1,20}$/.test(subject)) bag.add('subject', 'tail');
  if (/!|\$|%/.test(subject)) bag.add('subject', 'shouts');
  if (subject !== '' && subject === subject.toUpperCase()) bag.add('subject', 'capitals');
  if (/^re:|^fwd?:|^\[/i.test(subject)) bag.add('subject', 'thread');
}

function addLink(bag: FeatureBag, link: string): void {
  const {
    host = '',
    port,
    path = '',
  } = /^https?:\/\/(?<host>[^/:?#]{1,255})(?::(?<port>\d{1,5}))?(?<path>.{0,300})/i.exec(link)?.groups ?? {};
  bag.add('url', host.toLowerCase().split('.').slice(-2).join('.'));
  bag.add('tld', host.toLowerCase().split('.').at(-1) ?? '');
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) bag.add('url', 'address');
  if (port !== undefined) bag.add('url', 'port');
  if (host.includes('%') || host.includes('@')) bag.add('url', 'disguised');
  if (/\d{4}|=/.test(path)) bag.add('url', 'tracked');
  for (const piece of path
    .toLowerCase()
    .split(/[^a-z]{1,9}/)
    .slice(0, 8))
    if (piece.length > 2) bag.add('path', piece);
}
