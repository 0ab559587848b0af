import type { ImapSettings } from '../../src/domain/account.ts';
import type { Credentials } from '../../src/mail/credentials.ts';
import type {
  ListRequest,
  LiveMailbox,
  Mailbox,
  MailboxEntry,
  MailboxItem,
  MailboxItems,
  PageRequest,
} from '../../src/mail/mailbox.ts';

export const PASSWORD = 'correct horse';
export const BY_PASSWORD: Credentials = { kind: 'password', password: PASSWORD };

const never = (): AbortSignal => new AbortController().signal;

export function toSettings(
  server: { readonly host: string; readonly port: number },
  username: string,
  changes: Partial<ImapSettings> = {},
): ImapSettings {
  const { host, port } = server;
  const plain = {
    host,
    port,
    security: 'none',
    username,
    folders: ['INBOX'],
    allowSelfSigned: false,
  } as const;
  return { ...plain, ...changes };
}

export const toMail = (name: string, body = 'Hello\r\n'): string =>
  `From: ada@example.com\r\nSubject: ${name}\r\n\r\n${body}`;

/** `n0`, `n1` and so on by subject. */
export const toMails = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, i) => toMail(`n${from + i}`));

export const toSubjects = (items: readonly MailboxItem[]): (string | undefined)[] =>
  items.map((item) => /^Subject: (.*)\r$/m.exec(Buffer.from(item.raw ?? []).toString('latin1'))?.[1]);

export function toRequest(changes: Partial<PageRequest> = {}): PageRequest {
  return {
    cursor: undefined,
    maxItems: 250,
    maxBytes: 32 * 1024 * 1024,
    maxMessageBytes: 25 * 1024 * 1024,
    signal: never(),
    onProgress: () => undefined,
    ...changes,
  };
}

/** What a pull does: pages until there is nothing more. */
export async function pull(mailbox: Mailbox, changes: Partial<PageRequest> = {}) {
  const items: MailboxItem[] = [];
  const gone: string[] = [];
  let cursor = changes.cursor;
  for (;;) {
    const page = await mailbox.readPage(toRequest({ ...changes, cursor }));
    items.push(...page.items);
    gone.push(...(page.gone ?? []));
    cursor = page.cursor;
    if (page.done)
      return { items, cursor, gone, subjects: toSubjects(items), tellsGone: page.gone !== undefined };
  }
}

export async function listAll(
  mailbox: LiveMailbox,
  changes: Partial<ListRequest> = {},
): Promise<MailboxEntry[]> {
  const entries: MailboxEntry[] = [];
  const request = { cursor: undefined, since: undefined, signal: never(), onProgress: () => undefined };
  for await (const page of mailbox.list({ ...request, ...changes })) entries.push(...page);
  return entries;
}

export function readKeys(
  mailbox: LiveMailbox,
  keys: readonly string[],
  maxBytes = 1024 * 1024,
): Promise<MailboxItems> {
  return mailbox.readItems(keys, {
    maxBytes,
    maxMessageBytes: 1024 * 1024,
    signal: never(),
    onProgress: () => undefined,
  });
}
