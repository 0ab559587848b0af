import { openGmailMailbox } from '../../../src/mail/gmail/open-gmail-mailbox.ts';
import { startFakeGmail } from '../gmail/start-fake-gmail.ts';
import { countMarks, KILL_FOLDER, KILL_LABEL, type KillServer, toKillAccount } from './kill-mailbox.ts';

/** The emulator of Gmail, which cuts its requests itself. */
export async function startKillGmail(): Promise<KillServer> {
  const gmail = await startFakeGmail();
  const count = () => (gmail.faults.counts.reset ?? 0) + (gmail.faults.counts.cut ?? 0);
  let before = 0;

  return {
    create(id) {
      const account = toKillAccount(id, { kind: 'gmail' });
      const { address } = account;
      const mailbox = gmail.addMailbox(address, id);
      const settings = { labels: ['INBOX'], topic: 'projects/kill/topics/mail', baseUrl: gmail.url };
      const toLabelId = (name: string) =>
        [...mailbox.labels.values()].find((label) => label.name === name)?.id;
      return {
        account: { ...account, gmail: settings, push: true },
        async deliver(messages) {
          for (const message of messages) mailbox.deliver(message);
        },
        async look() {
          const [label = '', done = ''] = [KILL_LABEL, KILL_FOLDER].map(toLabelId);
          const found = [...mailbox.messages.values()].flatMap(({ labels }) => {
            const marks = { seen: !labels.has('UNREAD'), labelled: labels.has(label) };
            // It is in a folder for each label that stands for one.
            const folders = [
              ...(labels.has('INBOX') ? ['INBOX'] : []),
              ...(labels.has(done) ? [KILL_FOLDER] : []),
            ];
            return folders.map((folder) => ({ folder, ...marks }));
          });
          return countMarks(found);
        },
        open: ({ gmail: asked = settings }) =>
          openGmailMailbox(
            asked,
            { kind: 'token', getAccessToken: async () => id },
            { address, patienceMs: 1 },
          ),
      };
    },
    cutAt(n, cut) {
      before = count();
      if (n === 0) return gmail.faults.script();
      gmail.faults.script(
        ...Array.from({ length: n - 1 }, () => 'none' as const),
        cut === 'before' ? 'reset' : 'cut',
      );
    },
    countCuts: () => count() - before,
    stop: () => gmail.close(),
  };
}
