import { openGmailMailbox } from '../../../src/mail/gmail/open-gmail-mailbox.ts';
import { startFakeGmail } from '../gmail/start-fake-gmail.ts';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts';
import { createChunkCut } from './create-chunk-cut.ts';
import { countMarks, KILL_FOLDER, KILL_LABEL, type KillServer, toKillAccount } from './kill-mailbox.ts';

/** The fake of Gmail, with a proxy before each mailbox. */
export async function startKillGmail(): Promise<KillServer> {
  const gmail = await startFakeGmail();
  const { hostname: host, port } = new URL(gmail.url);
  const proxies: TcpProxy[] = [];

  return {
    publicUrl: 'https://kill.example',
    async create(id) {
      const proxy = await startTcpProxy({ host, port: Number(port) });
      proxies.push(proxy);
      const account = toKillAccount(id, { kind: 'gmail' });
      const { address } = account;
      const mailbox = gmail.addMailbox(address, id);
      const settings = {
        labels: ['INBOX'],
        topic: 'projects/kill/topics/mail',
        baseUrl: `http://${proxy.host}:${proxy.port}`,
      };
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
        countSubscriptions: () => (gmail.watches.has(address) ? 1 : 0),
        cut: createChunkCut(proxy),
      };
    },
    async stop() {
      await Promise.all(proxies.map((proxy) => proxy.stop()));
      await gmail.close();
    },
  };
}
