import { existsSync } from 'node:fs';

const PLACES = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'];

/** The server's path, or why tests against it are skipped. */
export function findDovecot(): { readonly binary: string } | { readonly skipped: string } {
  const binary = PLACES.find((place) => existsSync(place));
  return binary === undefined ? { skipped: 'no Dovecot (apt-get install dovecot-imapd)' } : { binary };
}
