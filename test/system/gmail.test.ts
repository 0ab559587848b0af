import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServiceError } from '../../src/domain/service-error.ts';
import { openGmailMailbox } from '../../src/mail/gmail/open-gmail-mailbox.ts';
import type { LiveMailbox, PageRequest } from '../../src/mail/mailbox.ts';
import { spawnFakeGmail } from '../support/gmail/spawn-fake-gmail.ts';
import { EMULATED_TOKEN, startEmulatedGmail } from '../support/gmail/start-emulated-gmail.ts';

const { signal } = new AbortController();
const mail = (name: string): string => `From: ada@example.com\r\nSubject: ${name}\r\n\r\nHello  there\r\n`;
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Reads to the end, through failures; what came, by key, and how often. */
async function pull(mailbox: LiveMailbox, changes: Partial<PageRequest> = {}) {
  const hashes = new Map<string, string>();
  const gone: string[] = [];
  let { cursor } = changes;
  let failures = 0;
  let repeats = 0;
  for (let pages = 0; pages < 2_000; pages++) {
    const request: PageRequest = {
      maxItems: 250,
      maxBytes: 32 * 1024 * 1024,
      maxMessageBytes: 1024 * 1024,
      signal,
      onProgress: () => undefined,
      findKnown: async (keys) => new Set(keys.filter((key) => hashes.has(key))),
      ...changes,
      cursor,
    };
    const page = await mailbox.readPage(request).catch((error: unknown) => {
      if (!(error instanceof ServiceError)) throw error;
      failures++;
      return undefined;
    });
    if (page === undefined) continue;
    for (const { providerKey, raw, fault } of page.items) {
      if (fault !== undefined) throw new Error(`${providerKey} became a fault: ${fault.reason}`);
      if (hashes.has(providerKey)) repeats++;
      hashes.set(providerKey, sha256(raw ?? ''));
    }
    gone.push(...(page.gone ?? []));
    cursor = page.cursor;
    if (page.done) return { hashes, gone, cursor, failures, repeats };
  }
  throw new Error('The mailbox never ends');
}

function open(baseUrl: string, token: string, labels = ['INBOX']): Promise<LiveMailbox> {
  const settings = { labels, topic: undefined, baseUrl };
  return openGmailMailbox(settings, { kind: 'token', getAccessToken: async () => token }, { patienceMs: 1 });
}

describe('the emulator of Gmail, which is not ours', () => {
  let gmail: Awaited<ReturnType<typeof startEmulatedGmail>>;
  beforeAll(async () => {
    gmail = await startEmulatedGmail();
  });
  afterAll(() => gmail.close());

  test('hands over what it holds byte for byte, then what came and went', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 30; i++) ids.push(await gmail.deliver(mail(`n${i}`)));
    const mailbox = await open(gmail.url, EMULATED_TOKEN);
    const first = await pull(mailbox, { maxItems: 7 });
    expect(first.hashes.size).toBe(30);
    expect(first.hashes.get(`gmail:${ids[3]}`)).toBe(sha256(mail('n3')));
    const late = await gmail.deliver(mail('late'));
    await gmail.deliver(mail('spam'), ['SPAM']);
    await gmail.relabel(ids[0] ?? '', [], ['INBOX']);
    const second = await pull(mailbox, { cursor: first.cursor });
    expect([...second.hashes.keys()]).toEqual([`gmail:${late}`]);
    expect(second.gone).toEqual([`gmail:${ids[0]}`]);
  });

  test('takes marks, and lists and probes what is there', async () => {
    const id = await gmail.deliver(mail('to mark'));
    const mailbox = await open(gmail.url, EMULATED_TOKEN);
    const mark = { seen: true, label: 'Mailroom', folder: 'Archive' };
    expect(await mailbox.mark(`gmail:${id}`, mark, signal)).toBe(true);
    const labels = await gmail.labelsOf(id);
    expect(labels).toHaveLength(2);
    expect(labels).not.toContain('UNREAD');
    expect(await mailbox.mark('gmail:msg_gone', mark, signal)).toBe(false);
    expect(await mailbox.probe(signal)).toEqual([expect.stringMatching(/^INBOX: \d+ messages$/)]);
    const request = { cursor: undefined, since: undefined, signal, onProgress: () => undefined };
    const keys: string[] = [];
    for await (const page of mailbox.list(request)) keys.push(...page.map(({ providerKey }) => providerKey));
    expect(keys).not.toContain(`gmail:${id}`);
    expect(keys.length).toBeGreaterThanOrEqual(30);
  });
});

describe('our fake of Gmail, as a process of its own', () => {
  let fake: Awaited<ReturnType<typeof spawnFakeGmail>>;
  beforeAll(async () => {
    fake = await spawnFakeGmail();
  });
  afterAll(() => fake.stop());

  test('1,000 messages through seeded faults and a lost history: none lost, none twice, none invented', async () => {
    const [address, token] = ['help@example.com', 'token'];
    await fake.control('add-mailbox', { address, token });
    const raws = Array.from({ length: 1_000 }, (_, i) => Buffer.from(mail(`n${i}`)).toString('base64'));
    const { ids } = await fake.control<{ ids: string[] }>('deliver', { address, raws });
    const rates = { '429': 0.01, '403': 0.005, '500': 0.01, '503': 0.01, reset: 0.01, cut: 0.005 };
    await fake.control('faults', { rates, seed: 42 });
    const mailbox = await open(fake.url, token);
    const started = performance.now();
    const first = await pull(mailbox);
    const ms = performance.now() - started;
    console.log(`1,000 messages through ${first.failures} failed pages: ${ms.toFixed(0)} ms`);
    expect([...first.hashes.keys()].sort()).toEqual(ids.map((id) => `gmail:${id}`).sort());
    expect(first.hashes.get(`gmail:${ids[765]}`)).toBe(sha256(mail('n765')));
    expect(first.repeats).toBe(0);

    const more = await fake.control<{ ids: string[] }>('deliver', { address, raws: raws.slice(0, 20) });
    await fake.control('expire-history', { address });
    const known = async (keys: readonly string[]) => new Set(keys.filter((key) => first.hashes.has(key)));
    const second = await pull(mailbox, { cursor: first.cursor, findKnown: known });
    expect([...second.hashes.keys()].sort()).toEqual(more.ids.map((id) => `gmail:${id}`).sort());

    interface State {
      readonly faults: Readonly<Record<string, number>>;
      readonly mostAtOnce: number;
    }
    const { faults, mostAtOnce } = await fake.control<State>('state');
    expect(Object.values(faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20);
    expect(mostAtOnce).toBeLessThanOrEqual(5);
  });
});
