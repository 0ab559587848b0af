import type { Account } from '../../../src/domain/account.ts';
import type { MessageView } from '../../../src/domain/message.ts';
import { contentHash, messageKey, sourceHash } from '../../../src/mail/identity.ts';
import { messageView } from '../../support/message-view.ts';
import type { TestApi } from './open-test-api.ts';

export const ACCOUNT: Account = {
  id: 'sales',
  kind: 'files',
  name: 'Sales',
  address: 'sales@example.org',
  mode: 'manual',
  state: 'active',
  stateReason: undefined,
  pullEverySeconds: 60,
  imap: undefined,
};

export function rawMail(subject: string): Buffer {
  return Buffer.from(
    `From: Ada <ada@example.com>\r\nTo: sales@example.org\r\nMessage-ID: <${encodeURIComponent(subject)}@example.com>\r\nSubject: ${subject}\r\n\r\nAbout ${subject}.\r\n`,
  );
}

export interface Seed {
  readonly subject: string;
  readonly receivedAt?: Date;
  /** Left parked when false. */
  readonly read?: boolean;
  readonly view?: Partial<MessageView>;
}

/** Parks messages as a pull does, reads them, and answers their ids in the same order. */
export async function seedMail({ stores, sealer }: TestApi, seeds: readonly Seed[], accountId = ACCOUNT.id) {
  await stores.accounts.ensure({ ...ACCOUNT, id: accountId });
  const items = seeds.map((seed) => {
    const raw = rawMail(seed.subject);
    const providerKey = `sha256:${sourceHash(raw)}`;
    return {
      kind: 'new' as const,
      providerKey,
      label: `${seed.subject}.eml`,
      messageId: messageKey(accountId, providerKey),
      sha256: sourceHash(raw),
      contentHash: contentHash(raw),
      sealed: sealer.seal(raw, `source/bytes/${sourceHash(raw)}`),
      size: raw.length,
      receivedAt: seed.receivedAt ?? new Date(),
    };
  });
  await stores.intake.park({
    accountId,
    batchId: `pull-${accountId}-${seeds[0]?.subject ?? ''}`,
    kind: 'pull',
    page: 0,
    items,
    readFrom: undefined,
    cursor: '1',
    done: true,
    expected: undefined,
    label: 'pull',
    windowHours: 0,
  });
  for (const [index, item] of items.entries()) {
    const seed = seeds[index];
    if (seed?.read === false) continue;
    await stores.messages.saveView(accountId, item.messageId, toView(seed?.subject ?? '', seed?.view));
  }
  return items.map((item) => item.messageId);
}

function toView(subject: string, overrides: Partial<MessageView> = {}): MessageView {
  return messageView({
    subject,
    from: { name: 'Ada', address: 'ada@example.com' },
    to: [{ name: '', address: 'sales@example.org' }],
    messageIdHeader: `${encodeURIComponent(subject)}@example.com`,
    date: new Date('2025-03-14T09:26:53Z'),
    text: `About ${subject}.`,
    ...overrides,
  });
}
