/** Ways to write a link so that people or filters take it for another. */
export type Disguise = 'slashes' | 'number' | 'spelling' | 'no-scheme';

/** Where a link leads, as a browser reads it. */
export interface LinkTarget {
  /** Lower-case, in punycode, an address in dotted form; without the final dot. */
  readonly host: string;
  /** What stands before an @ in front of the host; empty for most. */
  readonly user: string;
  readonly disguises: readonly Disguise[];
}

const WEB = /^(https?:)?([\\/]{0,20})([^\\/?#]{0,1000})([^?#]{0,2000})/i;
const DOTTED = /^\d{1,3}(?:\.\d{1,3}){3}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
const ASCII = /^[\x00-\x7f]*$/;

/** The host by the URL standard of WHATWG, which browsers follow; undefined for what is no link to a host. */
export function readLinkTarget(href: string): LinkTarget | undefined {
  // Browsers leave these out wherever they stand.
  const link = href.replace(/[\t\n\r]/g, '').trim();
  const [, scheme = '', slashes = '', authority = '', path = ''] = WEB.exec(link) ?? [];
  if (scheme === '' && slashes.length < 2) return undefined;
  const url = toUrl(scheme === '' ? `https:${link}` : link);
  if (url === undefined) return undefined;
  const written = (authority.split('@').at(-1) ?? '').replace(/:\d{0,5}$/, '').toLowerCase();
  const host = url.hostname.replace(/\.$/, '');
  const disguises: Disguise[] = [];
  if (scheme === '') disguises.push('no-scheme');
  if (slashes !== '//' || path.includes('\\')) disguises.push('slashes');
  if (DOTTED.test(host) && written !== host) disguises.push('number');
  if (written.includes('%') || (!ASCII.test(written) && !host.includes('xn--'))) disguises.push('spelling');
  return { host, user: url.username, disguises };
}

function toUrl(link: string): URL | undefined {
  return URL.canParse(link) ? new URL(link) : undefined;
}
