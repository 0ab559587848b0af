import { openGraphMailbox } from '../../../src/mail/graph/open-graph-mailbox.ts';
import { FAKE_TOKEN } from './start-fake-graph.ts';

/** A program: `read-inbox.ts <baseUrl> <mailbox>` prints what a page of the inbox holds, with Node's own `fetch`. */
const [baseUrl = '', mailbox = ''] = process.argv.slice(2);
const credentials = { kind: 'token', getAccessToken: async () => FAKE_TOKEN } as const;
const opened = openGraphMailbox({ mailbox, folders: ['inbox'], baseUrl }, credentials);
try {
  const { items } = await opened.readPage({
    cursor: undefined,
    maxItems: 100,
    maxBytes: 1_000_000,
    maxMessageBytes: 1_000_000,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  process.stdout.write(items.map(({ raw }) => Buffer.from(raw ?? []).toString('utf8')).join(''));
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
