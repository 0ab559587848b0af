import { ServiceError } from '../../domain/service-error.ts';

const MAX_LENGTH = 16_000;
const VERSION = '/v1.0/';

/**
 * A link of an answer (`@odata.nextLink`) to path and query below the version. Throws InvalidInput for one to
 * another host: a link is what the other side says, and our token goes where it points.
 */
export function toOwnPath(link: string, baseUrl: string): string {
  const { origin, host } = new URL(baseUrl);
  const url = link.length <= MAX_LENGTH && URL.canParse(link) ? new URL(link) : undefined;
  const isOwn = url?.origin === origin && url.username === '' && url.pathname.startsWith(VERSION);
  if (isOwn) return `${url.pathname.slice(VERSION.length - 1)}${url.search}`;
  throw new ServiceError('InvalidInput', `${host} sent a link that leads elsewhere; it is not followed.`, {
    fix: 'Check baseUrl: use the host that Graph itself names in its answers.',
  });
}
