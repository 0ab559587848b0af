import type { LearnedText } from './analysis/learned/list-grams.ts';
import { toLearnedText } from './analysis/learned/to-learned-text.ts';
import type { Account } from './domain/account.ts';
import { ServiceError } from './domain/service-error.ts';
import { openImapMailbox } from './mail/imap/open-imap-mailbox.ts';
import { DEFAULT_READ_LIMITS } from './mail/parse/read-limits.ts';
import { readMessage } from './mail/parse/read-message.ts';
import type { LabelledText } from './read-labelled-file.ts';

const PAGE = { maxItems: 100, maxBytes: 32 * 1024 * 1024, maxMessageBytes: 5 * 1024 * 1024 };
const MOST_MESSAGES = 2000;

export interface LabelledFolder {
  readonly rows: readonly LabelledText[];
  /** What lies there and is no e-mail, or could not be fetched. */
  readonly unreadable: number;
}

/** The mail that lies in one folder of the account, all of it with the same label. Read only; nothing is stored. */
export async function readLabelledFolder(
  { id, imap }: Pick<Account, 'id' | 'imap'>,
  secret: string,
  folder: string,
  label: string,
): Promise<LabelledFolder> {
  if (imap === undefined) {
    throw new ServiceError('InvalidInput', `Account "${id}" is read over no IMAP`, {
      fix: 'Learn from a file: `npm run mailroom -- learn --account ID --file FILE`.',
    });
  }
  const mailbox = await openImapMailbox(
    { ...imap, folders: [folder] },
    { kind: 'password', password: secret },
  );
  const rows: LabelledText[] = [];
  let unreadable = 0;
  try {
    let cursor: string | undefined;
    for (let done = false; !done && rows.length < MOST_MESSAGES; ) {
      const signal = AbortSignal.timeout(120_000);
      const page = await mailbox.readPage({ ...PAGE, cursor, signal, onProgress: () => undefined });
      for (const { raw } of page.items) {
        const text = raw && (await readText(raw));
        if (text === undefined) unreadable += 1;
        else rows.push({ text, label });
      }
      ({ cursor, done } = page);
    }
  } finally {
    await mailbox.close();
  }
  return { rows, unreadable };
}

async function readText(raw: Uint8Array): Promise<LearnedText | undefined> {
  try {
    return toLearnedText(await readMessage(raw, DEFAULT_READ_LIMITS));
  } catch (error) {
    // A folder of years holds a broken one; it is counted, and the others teach.
    if (error instanceof ServiceError && error.type === 'InvalidInput') return undefined;
    throw error;
  }
}
