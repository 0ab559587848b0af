import { renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

let delivered = 0;

/**
 * Messages into `new/` of a folder (cr.yp.to/proto/maildir.html; Maildir++ for those below INBOX), whose INTERNALDATE
 * is the time of the file. A thousand take a tenth of a second.
 */
export function deliverToMaildir(
  home: string,
  folder: string,
  messages: readonly (string | Buffer)[],
  receivedAt?: Date,
): void {
  const at = folder.toUpperCase() === 'INBOX' ? home : join(home, `.${folder.replaceAll('/', '.')}`);
  const seconds = Math.floor(Date.now() / 1000);
  for (const message of messages) {
    delivered += 1;
    const unique = `${seconds}.M${String(delivered).padStart(6, '0')}P${process.pid}.mailroom,S=${Buffer.byteLength(message)}`;
    const draft = join(at, 'tmp', unique);
    writeFileSync(draft, message, { mode: 0o644 });
    if (receivedAt !== undefined) utimesSync(draft, receivedAt, receivedAt);
    renameSync(draft, join(at, 'new', unique));
  }
}
