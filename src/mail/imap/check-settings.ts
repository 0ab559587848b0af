import type { ImapSettings } from '../../domain/account.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Credentials } from '../credentials.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Throws InvalidInput when mail or password would travel unprotected, or when there is nothing to read. */
export function checkSettings(settings: ImapSettings, credentials: Credentials): void {
  const loopback = LOOPBACK.test(settings.host);
  if (settings.security === 'none' && !loopback) {
    throw new ServiceError('InvalidInput', `Plain text to ${settings.host} would show mail and password.`, {
      fix: 'Set security to tls (port 993) or starttls (port 143).',
    });
  }
  if (settings.allowSelfSigned && !loopback) {
    throw new ServiceError(
      'InvalidInput',
      `A self-signed certificate is not accepted from ${settings.host}.`,
      {
        fix: 'Set allowSelfSigned to false, or start Node with NODE_EXTRA_CA_CERTS naming your own authority.',
      },
    );
  }
  if (settings.folders.length === 0 || settings.folders.includes('')) {
    throw new ServiceError('InvalidInput', 'No folder is named.', {
      fix: 'Name at least one folder: INBOX.',
    });
  }
  if (settings.username === '' || (credentials.kind === 'password' && credentials.password === '')) {
    throw new ServiceError('InvalidInput', 'The username or the password is empty.', {
      fix: 'Set both for this account.',
    });
  }
}
