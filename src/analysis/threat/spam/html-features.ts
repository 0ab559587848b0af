import type { FeatureBag } from '../model/feature-bag.ts';

const TAG = /<([a-z][a-z0-9]{0,12})\b([^<>]{0,600})/gi;
const ATTRIBUTE =
  /\b(color|bgcolor|face|size|align|width|height|border|style|target|background)\s{0,3}=\s{0,3}["']?([^"'\s>]{1,30})/gi;
const MOST_TAGS = 1500;
const CAP = 60_000;

/** How the HTML is made: its tags and colours, pictures that track, scripts and forms, comments within words. */
export function addHtmlFeatures(bag: FeatureBag, source: string, text: string): void {
  const html = source.slice(0, CAP);
  bag.add('html', html === '' ? 'none' : 'some');
  if (html === '') return;
  let tags = 0;
  for (const [, tag = '', rest = ''] of html.matchAll(TAG)) {
    if (tags++ > MOST_TAGS) break;
    bag.add('tag', tag.toLowerCase());
    for (const [, name = '', value = ''] of rest.matchAll(ATTRIBUTE)) {
      bag.add('attr', `${name.toLowerCase()}=${value.toLowerCase()}`);
    }
    if (tag.toLowerCase() === 'img' && /\b(?:width|height)\s{0,3}=\s{0,3}["']?[01]\b/i.test(rest))
      bag.add('html', 'tracking pixel');
    const target = /\b(?:href|src|action)\s{0,3}=\s{0,3}["']?(mailto|https?|cid|data|ftp|#)/i.exec(rest)?.[1];
    if (target !== undefined) bag.add('link', `${tag} ${target}`.toLowerCase());
  }
  bag.add('ratio', String(Math.min(9, Math.floor((text.length / html.length) * 10))));
  bag.add('tags', String(Math.floor(Math.log2(tags + 1))));
  bag.add('comments', String(Math.min(5, html.split('<!--').length - 1)));
  bag.add('split', String(Math.min(3, (html.match(/[a-z]<!--/gi) ?? []).length)));
  bag.add('entities', String(Math.min(5, Math.floor((html.match(/&#\d{2,3};/g) ?? []).length / 3))));
}
