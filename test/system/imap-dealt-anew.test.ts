import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createImapConnections } from '../../src/mail/imap/create-imap-connections.ts';
import { openImapMailbox } from '../../src/mail/imap/open-imap-mailbox.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { type Dovecot, startDovecot } from '../support/dovecot/start-dovecot.ts';
import { BY_PASSWORD, PASSWORD, toSettings } from '../support/imap-account.ts';
import type { ActivityCut } from '../support/kill/create-activity-cuts.ts';
import { createNotices } from '../support/kill/create-notices.ts';
import { toKillAccount } from '../support/kill/kill-mailbox.ts';
import { type KillRoom, startKillRoom } from '../support/kill/start-kill-room.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const found = findDovecot();
const CUTS: readonly (ActivityCut | undefined)[] = [undefined, 'not recorded', 'not begun'];
const [KEPT, LOST] = [6, 5];
const mails = createNotices(30);
const before = mails.slice(0, KEPT);
const lost = mails.slice(KEPT, KEPT + LOST);
/** With owners and times, which Dovecot goes by. */
const copy = (from: string, to: string) => execFileSync('cp', ['-a', from, to]);
const fresh = mails.slice(20, 20 + LOST + 1);

describeUnless('skipped' in found ? found.skipped : undefined, 'a server set back to an older state', () => {
  let dovecot: Dovecot;
  let proxy: TcpProxy;
  let room: KillRoom;
  const connections = createImapConnections();

  beforeAll(async () => {
    dovecot = await startDovecot();
    proxy = await startTcpProxy(dovecot);
    room = await startKillRoom();
  });
  afterAll(async () => {
    await connections.closeAll();
    await room.stop();
    await proxy.stop();
    await dovecot.stop();
  });

  /** An account whose `lost` mail was read, and is not in the backup that its server was given back then. */
  async function openRestored(id: string) {
    dovecot.addUser(id, PASSWORD);
    const settings = toSettings(proxy, id);
    const shared = { connections, accountId: id };
    await room.add({
      account: toKillAccount(id, { kind: 'imap', imap: settings }),
      deliver: (messages) => dovecot.append(id, 'INBOX', ...messages),
      look: () => Promise.reject(new Error('not looked at')),
      open: ({ imap = settings }) => openImapMailbox(imap, BY_PASSWORD, { shared }),
    });
    const [home, backup] = [join(dovecot.dir, 'mail', id), join(dovecot.dir, `backup-${id}`)];
    await dovecot.append(id, 'INBOX', ...before);
    await dovecot.halt();
    copy(home, backup);
    await dovecot.restart();
    await dovecot.append(id, 'INBOX', ...lost);
    await room.pull(id);
    await room.untilSettled(id, KEPT + LOST);
    expect(await room.audit(id)).toMatchObject({ listed: KEPT + LOST, missing: 0 });
    await dovecot.halt();
    rmSync(home, { recursive: true });
    copy(backup, home);
    await dovecot.restart();
  }

  test.each(CUTS)(
    'a pull that sees it takes in what comes from then on, without an audit: %s',
    async (cut) => {
      const id = `seen-${cut ?? 'whole'}`.replaceAll(' ', '-');
      await openRestored(id);
      await dovecot.append(id, 'INBOX', ...fresh.slice(0, 2));
      room.cuts.set(id, cut);
      await room.pull(id);
      await dovecot.append(id, 'INBOX', ...fresh.slice(2));
      await room.pull(id);
      const seen = KEPT + LOST + fresh.length - 2;
      await room.untilSettled(id, seen);
      expect(await room.count(id)).toEqual({ rows: seen, settled: seen, runs: seen });
      // What had come under their UIDs before that is found by its facts.
      expect(await room.audit(id)).toMatchObject({ listed: KEPT + fresh.length, missing: 2, healed: 2 });
      room.cuts.set(id, undefined);
      await room.untilSettled(id, seen + 2);
      const clean = { listed: KEPT + fresh.length, processed: KEPT + fresh.length, missing: 0, gone: LOST };
      expect(await room.audit(id)).toMatchObject(clean);
    },
  );

  test.each(CUTS)('one audit takes in all mail that came under UIDs we know, once: %s', async (cut) => {
    const id = `set-back-${cut ?? 'whole'}`.replaceAll(' ', '-');
    await openRestored(id);
    await dovecot.append(id, 'INBOX', ...fresh);
    await room.pull(id);
    room.cuts.set(id, cut);
    expect(await room.audit(id)).toMatchObject({
      listed: KEPT + LOST + 1,
      missing: LOST,
      healed: LOST,
    });
    room.cuts.set(id, undefined);
    const all = KEPT + 2 * LOST + 1;
    await room.untilSettled(id, all);
    expect(await room.count(id)).toEqual({ rows: all, settled: all, runs: all });
    const subjects = await room.sql`select distinct subject from message where account_id = ${id}`;
    expect(subjects).toHaveLength(all);
    const gone = await room.sql`select subject from message where account_id = ${id} and gone_at is not null`;
    expect(gone).toHaveLength(LOST);

    proxy.reset();
    const clean = { listed: KEPT + LOST + 1, processed: KEPT + LOST + 1, missing: 0, healed: 0, gone: LOST };
    expect(await room.audit(id)).toMatchObject(clean);
    const { up, down } = proxy.counts;
    console.log(`A quiet audit of ${KEPT + LOST + 1} messages: ${up} bytes up, ${down} bytes down`);
    expect(down).toBeLessThan(4_096);
  });
});
