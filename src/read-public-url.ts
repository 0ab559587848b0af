import { isLoopbackHost } from './domain/is-loopback-host.ts';
import type { EnvironmentReader } from './environment-reader.ts';

/** Providers only call https; plain http is for trials on this machine. */
export function readPublicUrl(read: EnvironmentReader): string | undefined {
  const given = read.url('MAILROOM_PUBLIC_URL', ['https:', 'http:']);
  if (given === undefined) return undefined;
  const { protocol, hostname, username, password, search, hash, origin, pathname } = new URL(given);
  const isBare = username === '' && password === '' && search === '' && hash === '';
  if (isBare && (protocol === 'https:' || isLoopbackHost(hostname))) {
    return `${origin}${pathname.replace(/\/$/, '')}`;
  }
  return read.fault(
    'MAILROOM_PUBLIC_URL is not a public address. Write https://host, without user, question mark or hash.',
  );
}
