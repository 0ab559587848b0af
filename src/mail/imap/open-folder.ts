import type { ImapFlow, MailboxObject } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';

export interface OpenFolder {
  readonly uidValidity: string;
  readonly exists: number;
}

/**
 * EXAMINE (RFC 9051 6.3.3): read-only, so that nothing is ever marked as seen. Throws NotFound with the folders
 * that there are.
 */
export async function openFolder(client: ImapFlow, folder: string): Promise<OpenFolder> {
  let opened: MailboxObject;
  try {
    opened = await client.mailboxOpen(folder, { readOnly: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
    const names = (await client.list()).map((entry) => entry.path);
    throw new ServiceError('NotFound', `There is no folder "${folder}".`, {
      fix: `Use one of these folders: ${names.slice(0, 50).join(', ')}.`,
      cause: error,
    });
  }
  // imapflow leaves it out when the server does, though RFC 9051 demands it. Zero exists.
  const uidValidity = opened.uidValidity as bigint | undefined;
  if (uidValidity === undefined) {
    throw new ServiceError(
      'InvalidInput',
      `The server gives no UIDVALIDITY for "${folder}": its UIDs cannot be trusted.`,
      {
        fix: 'Read another folder, or import the mail from files.',
      },
    );
  }
  return { uidValidity: uidValidity.toString(), exists: opened.exists };
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const failure = error as Error & { mailboxMissing?: boolean; serverResponseCode?: string };
  return failure.mailboxMissing === true || failure.serverResponseCode === 'NONEXISTENT';
}
