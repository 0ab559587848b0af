import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import { sourceHash } from '../../src/mail/identity.ts';
import { describeUnless } from '../support/describe-unless.ts';
import type { ActivityCut } from '../support/kill/create-activity-cuts.ts';
import { createNotices } from '../support/kill/create-notices.ts';
import { KILL_FOLDER, KILL_LABEL, type KillServer } from '../support/kill/kill-mailbox.ts';
import { KILL_PROVIDERS } from '../support/kill/kill-providers.ts';
import { listCuts } from '../support/kill/list-cuts.ts';
import { type KillRoom, startKillRoom } from '../support/kill/start-kill-room.ts';
import { startMaildirs } from '../support/kill/start-maildirs.ts';

const PROVIDERS = [['maildir', undefined, async () => startMaildirs()], ...KILL_PROVIDERS] as const;
const CUTS: readonly ActivityCut[] = ['not recorded', 'not begun'];
const MARKED = { writeBack: { seen: true, label: KILL_LABEL, folder: KILL_FOLDER } };

let room: KillRoom;
beforeAll(async () => {
  room = await startKillRoom({
    MAILROOM_PUBLIC_URL: 'https://kill.example',
    MAILROOM_API_KEY: 'k'.repeat(32),
  });
});
afterAll(() => room.stop());

for (const [provider, missing, start] of PROVIDERS) {
  describeUnless(missing, `the worker of a mailbox dies once at each activity (${provider})`, () => {
    let server: KillServer;
    beforeAll(async () => {
      server = await start();
    });
    afterAll(() => server.stop());

    const open = async (name: string, settings: Partial<Account> = {}) => {
      const id = `${provider}-${name}`.replaceAll(' ', '-');
      const mailbox = await server.create(id);
      await room.add(mailbox, settings);
      return { ...mailbox, id };
    };

    test.concurrent.each(CUTS)('backfill, pull and a notification while one is read: %s', async (cut) => {
      const { id, deliver, look } = await open(`pulled ${cut}`, MARKED);
      const mails = createNotices(9, id);
      room.cuts.set(id, cut);
      await deliver(mails.slice(0, 4));
      await room.pull(id);
      await room.untilSettled(id, 4);
      await deliver(mails.slice(4, 7));
      room.cuts.onceDone(id, 'fetchPage', async () => {
        await deliver(mails.slice(7));
        await room.context.controls.notifyArrival(id);
      });
      await room.pull(id);
      await room.untilSettled(id, 9);
      // A page with nothing on it leaves no record that another attempt could answer from.
      await room.pull(id);
      expect(await room.judge(id, mails)).toEqual([]);
      // A Maildir has no place for labels.
      const labelled = provider === 'maildir' ? 0 : 9;
      expect(await look()).toEqual({ inbox: 0, done: 9, seen: 9, labelled });
    });

    test.concurrent.each(CUTS)(
      'an audit that heals, and leaves alone what was deleted here: %s',
      async (cut) => {
        const { id, deliver } = await open(`audited ${cut}`);
        const mails = createNotices(9, id);
        await deliver(mails);
        await room.pull(id);
        await room.untilSettled(id, 9);
        await room.lose(id, 4);
        const removed = await room.removeOne(id);
        room.cuts.set(id, cut);
        // A file that came just now is read by the next pull again.
        const isFresh = provider === 'maildir';
        const lost = isFresh ? { pending: 4, missing: 0 } : { pending: 0, missing: 4, healed: 4 };
        expect(await room.audit(id)).toMatchObject({ listed: 9, deleted: 1, ...lost });
        if (isFresh) await room.pull(id);
        await room.untilSettled(id, 8);
        const clean = { listed: 9, processed: 8, deleted: 1, missing: 0, unfinished: 0, pending: 0 };
        expect(await room.audit(id)).toMatchObject(clean);
        const kept = mails.filter((raw) => sourceHash(raw) !== removed);
        expect(await room.judge(id, kept)).toEqual([]);
      },
    );
  });
}

test('each activity of a mailbox was cut both ways', () => {
  expect([...room.cuts.done]).toEqual(expect.arrayContaining(listCuts('mailbox', CUTS)));
});
