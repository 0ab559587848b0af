import { toLearnedText } from './analysis/learned/to-learned-text.ts';
import type { Account } from './domain/account.ts';
import { ServiceError } from './domain/service-error.ts';
import { openImapMailbox } from './mail/imap/open-imap-mailbox.ts';
import { DEFAULT_READ_LIMITS } from './mail/parse/read-limits.ts';
import { readMessage } from './mail/parse/read-message.ts';
import type { LabelledText } from './read-labelled-file.ts';

const PAGE = { maxItems: 100, maxBytes: 32 * 1024 * 1024, maxMessageBytes: 5 * 1024 * 1024 };
const MOST_MESSAGES = 2000;

/** The mail that lies in one folder of the account, all of it with the same label. Read only; nothing is stored. */
export async function readLabelledFolder(
  { id, imap }: Pick<Account, 'id' | 'imap'>,
  secret: string,
  folder: string,
  label: string,
): Promise<LabelledText[]> {
  if (imap === undefined) {
    throw new ServiceError('InvalidInput', `Account "${id}" is read over no IMAP`, {
      fix: 'Learn from a file: `npm run mailroom -- learn --account ID --file FILE`.',
    });
  }
  const mailbox = await openImapMailbox({ ...imap, folders: [folder] }, secret);
  const rows: LabelledText[] = [];
  try {
    let cursor: string | undefined;
    for (let done = false; !done && rows.length < MOST_MESSAGES; ) {
      const signal = AbortSignal.timeout(120_000);
      const page = await mailbox.readPage({ ...PAGE, cursor, signal, onProgress: () => undefined });
      for (const { raw } of page.items) {
        if (raw === undefined) continue;
        rows.push({ text: toLearnedText(await readMessage(raw, DEFAULT_READ_LIMITS)), label });
      }
      ({ cursor, done } = page);
    }
  } finally {
    await mailbox.close();
  }
  return rows;
}
