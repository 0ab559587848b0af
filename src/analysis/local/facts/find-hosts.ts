const TEXT_LINK = /https?:\/\/([^\s/"'<>()\\?#]{1,255})/gi;
const HTML_LINK = /href="https?:\/\/([^\s/"'<>()\\?#]{1,255})/gi;
const HTML_CAP = 60_000;
const MOST = 50;

/** The hosts that a message links to, lower-cased, as written (`user@host` keeps its user: that is a trick to see). */
export function findHosts(text: string, html: string | undefined): readonly string[] {
  const hosts = new Set<string>();
  collect(text, TEXT_LINK, hosts);
  if (html !== undefined) collect(html.slice(0, HTML_CAP), HTML_LINK, hosts);
  return [...hosts];
}

function collect(source: string, pattern: RegExp, hosts: Set<string>): void {
  for (const [, host] of source.matchAll(pattern)) {
    if (hosts.size >= MOST) return;
    if (host !== undefined) hosts.add(host.toLowerCase());
  }
}
