import { getDomain, parse } from 'tldts';
import type { MessageView } from '../../../domain/message.ts';
import type { ThreatSymbol } from '../../../domain/threat.ts';
import type { Link } from './find-links.ts';
import { readLinkTarget } from './link-target.ts';

/** Letters of a mail that says nothing but `see the picture`. */
const FEW = 200;

/** What the QR codes in its pictures say, as links: a camera opens a bare host too. */
export function linksOfCodes({ attachments }: Pick<MessageView, 'attachments'>): readonly Link[] {
  return attachments
    .flatMap(({ content }) => content?.codes ?? [])
    .flatMap((code) => {
      if (/^[a-z][a-z0-9+.-]{1,20}:/i.test(code)) return [{ href: code, label: '' }];
      const host = /^[a-z0-9.-]{4,253}(?=[/?#]|$)/i.exec(code)?.[0] ?? '';
      return parse(host).isIcann === true ? [{ href: `http://${code}`, label: '' }] : [];
    });
}

/** A link in a picture passes filters and is opened on a telephone that nobody guards. */
export function codeSymbols(
  codes: readonly Link[],
  links: readonly Link[],
  { from, text, attachments }: MessageView,
): ThreatSymbol[] {
  const symbols: ThreatSymbol[] = [];
  const add = (name: string, score: number, reason: string) => symbols.push({ name, score, reason });
  // A picture over a limit may hold one.
  if (attachments.some(({ content }) => content?.codes !== undefined && content.reason !== undefined))
    add('PICTURE_NOT_SEARCHED', 1, 'a picture that could not be searched for QR codes');
  const hosts = codes.flatMap(({ href }) => readLinkTarget(href)?.host ?? []);
  const first = hosts[0];
  if (first === undefined) return symbols;
  add('QR_LINK', 1, `a QR code in a picture leads to ${first}`);
  const shown = links.flatMap(({ href }) => getDomain(readLinkTarget(href)?.host ?? '') ?? []);
  const sender = getDomain(from.address.split('@').at(-1) ?? '');
  const foreign = hosts.find((host) => {
    const domain = getDomain(host);
    return domain === null || (domain !== sender && !shown.includes(domain));
  });
  if (foreign !== undefined)
    add(
      'QR_FOREIGN_LINK',
      1.5,
      `a QR code leads to ${foreign}, which is not the sender's and is linked nowhere else`,
    );
  if (shown.length === 0 && text.replace(/\s+/g, '').length < FEW)
    add('QR_ONLY', 2, 'says little but in a QR code');
  return symbols;
}
