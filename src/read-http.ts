import type { Config } from './config.ts';
import { isLoopbackHost } from './domain/is-loopback-host.ts';
import type { EnvironmentReader } from './environment-reader.ts';
import { readPublicUrl } from './read-public-url.ts';

/** Where the API listens, and who may call it. Whatever others can reach needs a key. */
export function readHttp(read: EnvironmentReader): Config['http'] {
  const host = read.text('HOST') ?? '127.0.0.1';
  const apiKey = read.text('MAILROOM_API_KEY');
  const publicUrl = readPublicUrl(read);
  if (!/^[A-Za-z0-9.:[\]_-]{1,255}$/.test(host)) {
    read.fault('HOST is not a host name or address. Set HOST=127.0.0.1, or 0.0.0.0 for every interface.');
  } else if (!isLoopbackHost(host) && apiKey === undefined) {
    read.fault(
      `MAILROOM_API_KEY is missing, and HOST=${host} is reachable from outside. ` +
        'Set MAILROOM_API_KEY (openssl rand -hex 32), or HOST=127.0.0.1.',
    );
  } else if (
    publicUrl !== undefined &&
    !isLoopbackHost(new URL(publicUrl).hostname) &&
    apiKey === undefined
  ) {
    read.fault(
      'MAILROOM_API_KEY is missing, and MAILROOM_PUBLIC_URL lets others reach this machine. ' +
        'Set MAILROOM_API_KEY (openssl rand -hex 32), or unset MAILROOM_PUBLIC_URL.',
    );
  }
  return {
    host,
    port: read.port('PORT') ?? 3000,
    apiKey,
    importRoots: read.list('MAILROOM_IMPORT_ROOTS', ':'),
    publicUrl,
  };
}
