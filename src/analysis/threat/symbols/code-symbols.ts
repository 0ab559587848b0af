import { getDomain, parse } from 'tldts';
import type { MessageView } from '../../../domain/message.ts';
import type { ThreatSymbol } from '../../../domain/threat.ts';
import type { Link } from './find-links.ts';
import { readLinkTarget } from './link-target.ts';

/** Letters of a mail that says nothing but `see the picture`. */
const FEW = 200;
/** Letters of a mail that says nothing. */
const EMPTY = 12;
/** `QR` is called so in most languages; to scan a paper is no sign, to scan a code is. */
const CODE_WORD =
  /(?<![a-z])qr(?:-?codes?)?(?![a-z])|s[ck]an[a-z]{0,6}[^\n]{1,40}(?:c[oó]d(?:e|igo|ice)|kod|phone|mobile|camera|handy|kamera)/i;
/** What begins with a name and `:` may as well be a host and its port. */
const SCHEME =
  /^(?:[a-z][a-z0-9+.-]{0,20}:[\\/]{2}|(?:https?|data|javascript|vbscript|mailto|tel|sms|smsto|mmsto|sip|xmpp|geo|wifi|begin|mecard|matmsg|bitcoin|ethereum|otpauth|upi|spc):)/i;
const PAGE = /^[^\s:/\\?#]{1,253}(?::\d{1,5})?[/\\?#]|^[^\s:/\\?#]{1,253}:\d{1,5}$/;
const ADDRESS = /^(?:[^\s/\\?#@]{1,100}@)?\d{1,3}(?:\.\d{1,3}){3}[:/\\?#]/;

/** What the QR codes in its pictures say, as links: a camera opens a bare host too. */
export function linksOfCodes({ attachments }: Pick<MessageView, 'attachments'>): readonly Link[] {
  return attachments
    .flatMap(({ content }) => content?.codes ?? [])
    .flatMap((code) => {
      if (SCHEME.test(code)) return [{ href: code, label: '' }];
      return isBareLink(code) ? [{ href: `http://${code}`, label: '' }] : [];
    });
}

/** Whether a camera would open it as a page: `evil.example:8080/a`, `ann@evil.example/a`, `192.0.2.1/a`. */
function isBareLink(code: string): boolean {
  const link = `http://${code}`;
  if (!URL.canParse(link)) return false;
  const { hostname, username } = new URL(link);
  const isPage = PAGE.test(code.slice(code.indexOf('@') + 1));
  // What has no more than a host is an address to write to, a version or a number.
  if (username !== '' && !isPage) return false;
  const { isIp, isIcann, domain } = parse(hostname);
  return isIp === true ? isPage && ADDRESS.test(code) : isIcann === true && domain !== null;
}

/** Says to scan a code, or nothing at all but a picture. */
function pointsAtCode({ subject, text, attachments }: MessageView): boolean {
  const names = attachments.map(({ filename }) => filename);
  const words = [subject, text.slice(0, 40_000), ...names.slice(0, 50)].join('\n');
  return CODE_WORD.test(words) || text.replace(/[^\p{L}\p{N}]+/gu, '').length < EMPTY;
}

/** A link in a picture passes filters and is opened on a telephone that nobody guards. */
export function codeSymbols(
  codes: readonly Link[],
  links: readonly Link[],
  view: MessageView,
): ThreatSymbol[] {
  const { from, text, attachments } = view;
  const symbols: ThreatSymbol[] = [];
  const add = (name: string, score: number, reason: string) => symbols.push({ name, score, reason });
  // A picture over a limit may hold one, as may any photograph: it counts where the mail says that there is a code.
  if (attachments.some(({ content }) => content?.codes !== undefined && content.reason !== undefined))
    add(
      'PICTURE_NOT_SEARCHED',
      pointsAtCode(view) ? 1 : 0,
      'a picture that could not be searched for QR codes',
    );
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
