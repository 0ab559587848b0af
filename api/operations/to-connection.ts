import type { AccountConnection } from '../../db/account-settings-store.ts';
import type { IngestMode } from '../../src/domain/account.ts';
import { isLoopbackHost } from '../../src/domain/is-loopback-host.ts';
import { toOAuthSettings } from '../../src/domain/oauth-presets.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import type { NewConnection } from '../schemas/account.ts';

type ConnectionBody = NewConnection extends infer B ? (B extends unknown ? Omit<B, 'force'> : never) : never;

export interface ConnectionParts {
  readonly connection: AccountConnection;
  /** The password, or the secret of the OAuth client. */
  readonly secret: string | undefined;
}

/** What a body says of the mailbox, with the endpoints and scopes of its provider filled in. */
export function toConnection(body: ConnectionBody, mode: IngestMode | undefined): ConnectionParts {
  if (body.kind === 'imap') assertSafe(body.imap);
  const oauth = 'oauth' in body && body.oauth !== undefined ? body.oauth : undefined;
  return {
    connection: {
      kind: body.kind,
      mode: chooseMode(body, mode),
      imap: body.kind === 'imap' ? body.imap : undefined,
      graph: body.kind === 'graph' ? body.graph : undefined,
      gmail: body.kind === 'gmail' ? { ...body.gmail, topic: body.gmail.topic } : undefined,
      files: body.kind === 'files' ? body.files : undefined,
      oauth: oauth && toOAuthSettings(body.kind, oauth),
    },
    secret: body.kind === 'files' ? undefined : body.secret,
  };
}

function chooseMode(body: ConnectionBody, mode: IngestMode | undefined): IngestMode {
  if (body.kind === 'files' && body.files === undefined) return 'manual';
  return mode ?? 'hybrid';
}

function assertSafe(imap: { host: string; security: string; allowSelfSigned: boolean }): void {
  if (isLoopbackHost(imap.host)) return;
  if (imap.security === 'none') {
    throw new ServiceError('InvalidInput', '`imap.security` none would send the password in the clear', {
      fix: 'Use tls or starttls; none is only for loopback hosts.',
    });
  }
  if (imap.allowSelfSigned) {
    throw new ServiceError('InvalidInput', '`imap.allowSelfSigned` is only for loopback hosts', {
      fix: 'Give the server a certificate that an authority signed (NODE_EXTRA_CA_CERTS adds your own).',
    });
  }
}
