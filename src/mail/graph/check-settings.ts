import type { GraphSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Credentials } from '../credentials.ts';

const MAX_FOLDERS = 100;
const MAX_NAME = 1_000;

export type TokenCredentials = Extract<Credentials, { kind: 'token' }>;

/** Throws InvalidInput when a token would travel unprotected, or when there is nothing to read. */
export function checkSettings(settings: GraphSettings, credentials: Credentials): TokenCredentials {
  const base = URL.canParse(settings.baseUrl) ? new URL(settings.baseUrl) : undefined;
  const isBare =
    base !== undefined &&
    `${base.pathname}${base.search}${base.hash}${base.username}${base.password}` === '/';
  if (base?.protocol !== 'https:' || !isBare) {
    throw new ServiceError('InvalidInput', 'The address of Microsoft Graph is not https://host.', {
      fix: 'Set baseUrl to https://graph.microsoft.com, or to the host of your national cloud.',
    });
  }
  if (settings.mailbox === '' || settings.mailbox.length > MAX_NAME) {
    throw new ServiceError('InvalidInput', 'No mailbox is named.', {
      fix: 'Name its user principal name, its id, or `me` for whoever signed in.',
    });
  }
  const { folders } = settings;
  const isUsable = (name: string) => name.trim() !== '' && name.length <= MAX_NAME;
  if (folders.length === 0 || folders.length > MAX_FOLDERS || !folders.every(isUsable)) {
    throw new ServiceError('InvalidInput', `Name 1 to ${MAX_FOLDERS} folders.`, {
      fix: 'Name a well-known folder (inbox), a path (Inbox/Orders), or an id.',
    });
  }
  if (credentials.kind !== 'token') {
    throw new ServiceError('InvalidInput', 'Microsoft Graph takes no password.', {
      fix: 'Sign the account in with OAuth: `npm run mailroom -- account login ACCOUNT`.',
    });
  }
  return credentials;
}
