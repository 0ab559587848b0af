import { expect, test, vi } from 'vitest';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { useDovecot } from '../support/dovecot/use-dovecot.ts';
import { listAll, pull, readKeys, toMail, toSubjects } from '../support/imap-account.ts';

const found = findDovecot();
const obstacle = 'skipped' in found ? found.skipped : undefined;
const NAMES = [
  '50% * off',
  'say "hi"',
  'Entwürfe & Co',
  '日本 ✉',
  '(a) {b} [c]',
  'nil',
  '&AOk-',
  "it's; 100,00;1;2",
];

describeUnless(obstacle, 'folders of odd names', () => {
  const { getServer, open, newUser, watch } = useDovecot();

  test.each(NAMES)('%s is read, listed, watched, and moved to like any other', async (name) => {
    const user = newUser();
    await getServer().append(user, 'INBOX', toMail('first'));
    await getServer().append(user, name, toMail('odd'));
    const { mailbox } = await open({ folders: ['INBOX', name] }, user);
    const { items, subjects, cursor } = await pull(mailbox);
    expect(subjects).toEqual(['first', 'odd']);
    const entries = await listAll(mailbox, { cursor });
    expect(entries.map(({ label, passed }) => [label, passed])).toEqual([
      ['INBOX, UID 1', true],
      [`${name}, UID 1`, true],
    ]);
    const keys = items.map((item) => item.providerKey);
    expect(toSubjects((await readKeys(mailbox, keys)).items)).toEqual(['first', 'odd']);
    const { seen } = watch(mailbox);
    await vi.waitFor(() => expect(seen.arrivals).toBe(2), { timeout: 10_000, interval: 10 });
    const mark = { seen: false, label: undefined, folder: name };
    expect(await mailbox.mark(keys[0] ?? '', mark, new AbortController().signal)).toBe(true);
    expect((await pull(mailbox, { cursor })).subjects).toEqual(['first']);
  });
});
