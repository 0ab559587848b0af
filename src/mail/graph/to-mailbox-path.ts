import type { GraphSettings } from '../../domain/account.ts';

/** `/users/<mailbox>/<segments>` or `/me/<segments>`, each segment encoded. */
export function toMailboxPath(settings: GraphSettings, ...segments: readonly string[]): string {
  const owner =
    settings.mailbox.toLowerCase() === 'me' ? '/me' : `/users/${encodeURIComponent(settings.mailbox)}`;
  return [owner, ...segments.map(encodeURIComponent)].join('/');
}
