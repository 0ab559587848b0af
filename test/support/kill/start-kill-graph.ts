import { openGraphMailbox } from '../../../src/mail/graph/open-graph-mailbox.ts';
import { FAKE_TOKEN, startFakeGraph } from '../graph/start-fake-graph.ts';
import { trustingFetch } from '../graph/trusting-fetch.ts';
import {
  countMarks,
  KILL_FOLDER,
  KILL_LABEL,
  type KillServer,
  type RequestCut,
  toKillAccount,
} from './kill-mailbox.ts';

const TOKEN = { kind: 'token', getAccessToken: async () => FAKE_TOKEN } as const;

/** The fake of Graph, whose requests are cut on our side. */
export async function startKillGraph(): Promise<KillServer> {
  const graph = await startFakeGraph();
  const trusting = trustingFetch(graph.ca);
  let [seen, target, how, cuts] = [0, 0, 'before' as RequestCut, 0];

  const cutting: typeof fetch = async (input, init) => {
    seen += 1;
    if (seen !== target) return trusting(input, init);
    cuts += 1;
    if (how === 'after') await (await trusting(input, init)).arrayBuffer();
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('cut'), { code: 'ECONNRESET' }) });
  };
  const { controls } = graph;

  return {
    create(id) {
      const account = toKillAccount(id, { kind: 'graph' });
      const { address } = account;
      controls.addMailbox(address);
      // Asked for, a folder is made: one to move to has to be there.
      controls.ids(address, KILL_FOLDER);
      const settings = { mailbox: address, folders: ['inbox'], baseUrl: graph.baseUrl };
      const list = (folder: string, name: string) =>
        controls.ids(address, folder).map((messageId) => {
          const { isRead, categories } = controls.describe(address, messageId);
          return { folder: name, seen: isRead, labelled: categories.includes(KILL_LABEL) };
        });
      return {
        account: { ...account, graph: settings },
        async deliver(messages) {
          for (const message of messages) controls.deliver(address, 'inbox', message);
        },
        look: async () => countMarks([...list('inbox', 'INBOX'), ...list(KILL_FOLDER, KILL_FOLDER)]),
        open: async ({ graph: asked = settings }) => openGraphMailbox(asked, TOKEN, { fetch: cutting }),
      };
    },
    cutAt(n, cut) {
      [seen, target, how, cuts] = [0, n, cut, 0];
    },
    countCuts: () => cuts,
    async stop() {
      trusting.close();
      await graph.stop();
    },
  };
}
