import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushSettings } from './create-fake-pub-sub.ts';
import type { FaultRates } from './fake-faults.ts';
import { startFakeGmail } from './start-fake-gmail.ts';

/**
 * The fake as a process of its own: prints `{"url":…,"controlUrl":…,"jwksUrl":…}` and serves until it is ended.
 * Controls are POSTs of JSON to `controlUrl/<verb>`; each answers JSON.
 */
interface Control {
  readonly address: string;
  readonly token: string;
  readonly port: number;
  /** Base64. */
  readonly raws: readonly string[];
  readonly labels: readonly string[];
  readonly receivedAt: number;
  readonly id: string;
  readonly add: readonly string[];
  readonly take: readonly string[];
  readonly name: string;
  readonly rates: FaultRates;
  readonly seed: number;
  readonly push: PushSettings;
}

const fake = await startFakeGmail(Number(process.argv[2] ?? 0));

const VERBS: Record<string, (control: Control) => unknown> = {
  'add-mailbox': ({ address, token }) => void fake.addMailbox(address, token),
  'add-label': ({ address, name }) => ({ id: fake.getMailbox(address).addLabel(name) }),
  deliver: ({ address, raws, labels, receivedAt }) => ({
    ids: raws.map((raw) => fake.getMailbox(address).deliver(Buffer.from(raw, 'base64'), labels, receivedAt)),
  }),
  remove: ({ address, id }) => fake.getMailbox(address).remove(id),
  relabel: ({ address, id, add, take }) => fake.getMailbox(address).relabel(id, add, take),
  'expire-history': ({ address }) => fake.getMailbox(address).expireHistory(),
  faults: ({ rates, seed }) => fake.faults.set(rates, seed),
  push: ({ push }) => fake.pubSub.set(push),
  'accept-token': ({ token, address }) => fake.acceptToken(token, address),
  'refuse-token': ({ token }) => fake.refuseToken(token),
  /** What each mailbox holds, and what was counted. */
  state: () => ({
    mailboxes: [...fake.mailboxes.values()].map(({ address, messages, historyId }) => ({
      address,
      historyId: String(historyId()),
      messages: [...messages.values()].map(({ id, labels }) => ({ id, labels: [...labels] })),
    })),
    faults: fake.faults.counts,
    push: fake.pubSub.counts,
    requests: Object.fromEntries(fake.counts),
    mostAtOnce: fake.mostAtOnce(),
  }),
};

const control = createServer((request, response) => {
  const run = VERBS[(request.url ?? '').slice(1)];
  readJson(request)
    .then((body) => {
      if (run === undefined) return response.writeHead(404).end('{"error":"no such control"}');
      return response.end(JSON.stringify(run(body) ?? {}));
    })
    .catch((error: unknown) => response.writeHead(400).end(JSON.stringify({ error: String(error) })));
});
control.listen(0, '127.0.0.1');
await once(control, 'listening');
const controlUrl = `http://127.0.0.1:${(control.address() as AddressInfo).port}`;
console.log(JSON.stringify({ url: fake.url, controlUrl, jwksUrl: fake.jwksUrl }));

async function readJson(request: IncomingMessage): Promise<Control> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Control;
}
