import { onTestFinished } from 'vitest';
import type { GmailSettings } from '../../../src/domain/account.ts';
import { openGmailMailbox } from '../../../src/mail/gmail/open-gmail-mailbox.ts';
import type { LiveMailbox } from '../../../src/mail/mailbox.ts';
import { startFakeGmail } from './start-fake-gmail.ts';

export const TOKEN = 'ya29.secret-token';
export const ADDRESS = 'help@example.com';

/** A fake with one mailbox, and a way to open it as an account. */
export async function startGmail() {
  const fake = await startFakeGmail();
  onTestFinished(() => fake.close());
  const mailbox = fake.addMailbox(ADDRESS, TOKEN);
  const open = (
    changes: Partial<GmailSettings> = {},
    getAccessToken: (refused?: string) => Promise<string> = async () => TOKEN,
    address?: string,
  ): Promise<LiveMailbox> =>
    openGmailMailbox(
      { labels: ['INBOX'], topic: undefined, baseUrl: fake.url, ...changes },
      { kind: 'token', getAccessToken },
      { patienceMs: 1, ...(address !== undefined && { address }) },
    );
  return { fake, mailbox, open };
}
