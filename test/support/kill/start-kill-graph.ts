import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openGraphMailbox } from '../../../src/mail/graph/open-graph-mailbox.ts';
import { FAKE_TOKEN, startFakeGraph } from '../graph/start-fake-graph.ts';
import { trustingFetch } from '../graph/trusting-fetch.ts';
import { createFetchCut } from './create-fetch-cut.ts';
import { countMarks, KILL_FOLDER, KILL_LABEL, type KillServer, toKillAccount } from './kill-mailbox.ts';

const TOKEN = { kind: 'token', getAccessToken: async () => FAKE_TOKEN } as const;

/** The fake of Graph, whose requests are cut on our side: it talks TLS only. */
export async function startKillGraph(): Promise<KillServer> {
  const graph = await startFakeGraph();
  const trusting = trustingFetch(graph.ca);
  const receiver = await startReceiver();
  const { controls } = graph;

  return {
    publicUrl: receiver.url,
    async create(id) {
      const account = toKillAccount(id, { kind: 'graph' });
      const { address } = account;
      controls.addMailbox(address);
      // Asked for, a folder is made: one to move to has to be there.
      controls.ids(address, KILL_FOLDER);
      const settings = { mailbox: address, folders: ['inbox'], baseUrl: graph.baseUrl };
      const cutting = createFetchCut(trusting);
      const list = (folder: string, name: string) =>
        controls.ids(address, folder).map((messageId) => {
          const { isRead, categories } = controls.describe(address, messageId);
          return { folder: name, seen: isRead, labelled: categories.includes(KILL_LABEL) };
        });
      return {
        account: { ...account, graph: settings, push: true },
        async deliver(messages) {
          for (const message of messages) controls.deliver(address, 'inbox', message);
        },
        look: async () => countMarks([...list('inbox', 'INBOX'), ...list(KILL_FOLDER, KILL_FOLDER)]),
        open: async ({ graph: asked = settings }) => openGraphMailbox(asked, TOKEN, { fetch: cutting.fetch }),
        countSubscriptions: () =>
          controls.subscriptions().filter(({ resource }) => decodeURIComponent(resource).includes(address))
            .length,
        cut: cutting.cut,
      };
    },
    async stop() {
      trusting.close();
      await receiver.stop();
      await graph.stop();
    },
  };
}

/** Stands where our API does: Graph asks it back before it notifies. */
async function startReceiver() {
  const server = createServer((request, response) => {
    const token = new URL(request.url ?? '/', 'http://localhost').searchParams.get('validationToken');
    request.resume();
    response.writeHead(token === null ? 202 : 200, { 'content-type': 'text/plain' }).end(token);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
