import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { GraphSettings } from '../../../src/domain/account.ts';
import { ServiceError } from '../../../src/domain/service-error.ts';
import { openGraphMailbox } from '../../../src/mail/graph/open-graph-mailbox.ts';
import type { LiveMailbox, MailboxItem, MailboxPage, PageRequest } from '../../../src/mail/mailbox.ts';
import { FAKE_TOKEN, type FakeGraph, type FakeGraphOptions, startFakeGraph } from './start-fake-graph.ts';
import { trustingFetch } from './trusting-fetch.ts';

export const never = new AbortController().signal;

export type GraphRoom = ReturnType<typeof graphRoom>;

/** A fake of Graph for a file of tests, with an empty mailbox for each test. */
export function graphRoom(options: Omit<FakeGraphOptions, 'users'> = {}) {
  let graph: FakeGraph;
  let trusting: ReturnType<typeof trustingFetch>;
  let user = '';
  let made = 0;

  beforeAll(async () => {
    graph = await startFakeGraph({ ...options, users: ['me@example.org'] });
    trusting = trustingFetch(graph.ca);
  });
  afterAll(async () => {
    trusting.close();
    await graph.stop();
  });
  beforeEach(() => {
    user = `user${++made}@example.org`;
    graph.controls.addMailbox(user);
    graph.controls.faults({});
    graph.controls.acceptTokens(FAKE_TOKEN);
  });

  return {
    get controls() {
      return graph.controls;
    },
    get user() {
      return user;
    },
    /** A link of Graph itself, below the mailbox; its `next` is as our cursors hold it. */
    async follow(path: string): Promise<{ next: string }> {
      const url = `${graph.baseUrl}/v1.0/users/${encodeURIComponent(user)}/${path}`;
      const answer = await trusting(url, {
        headers: { authorization: `Bearer ${FAKE_TOKEN}`, prefer: 'IdType="ImmutableId"' },
      });
      const json = (await answer.json()) as Record<string, string>;
      const link = json['@odata.nextLink'] ?? json['@odata.deltaLink'] ?? '';
      return { next: link.slice(`${graph.baseUrl}/v1.0`.length) };
    },
    bodies: () => graph.controls.counters().bodies,
    /** Into the inbox; answers the immutable ids. */
    deliver: (...subjects: readonly string[]): string[] =>
      subjects.map((subject) => graph.controls.deliver(user, 'inbox', rawMail(subject))),
    open(
      settings: Partial<GraphSettings> = {},
      getAccessToken: (refused?: string) => Promise<string> = async () => FAKE_TOKEN,
    ): LiveMailbox {
      return openGraphMailbox(
        { mailbox: user, folders: ['inbox'], baseUrl: graph.baseUrl, ...settings },
        { kind: 'token', getAccessToken },
        { fetch: trusting },
      );
    },
  };
}

export function rawMail(subject: string, bytes = 0): Buffer {
  const head = `From: Ada <ada@example.com>\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.com>\r\n\r\n`;
  return Buffer.from(`${head}Über ${subject}\r\n${'x'.repeat(bytes)}\r\n`);
}

export function toRequest(request: Partial<PageRequest> = {}): PageRequest {
  return {
    cursor: undefined,
    maxItems: 100,
    maxBytes: 50_000_000,
    maxMessageBytes: 10_000_000,
    signal: never,
    onProgress: () => undefined,
    ...request,
  };
}

export interface Pulled {
  readonly items: MailboxItem[];
  readonly gone: string[];
  readonly cursor: string;
  readonly pages: MailboxPage[];
}

/** Pages until there is nothing more; what fails for now is tried again, as Temporal would. */
export async function pull(
  mailbox: LiveMailbox,
  request: Partial<PageRequest> & { readonly commit?: (page: MailboxPage) => void } = {},
): Promise<Pulled> {
  const onPage = request.commit ?? (() => undefined);
  let cursor = request.cursor;
  const pages: MailboxPage[] = [];
  for (let tries = 0; tries < 200; tries++) {
    try {
      const page = await mailbox.readPage(toRequest({ ...request, cursor }));
      pages.push(page);
      onPage(page);
      cursor = page.cursor;
      if (page.done) break;
    } catch (error) {
      if (!(error instanceof ServiceError) || !['RateLimited', 'Unavailable'].includes(error.type))
        throw error;
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? 0));
    }
  }
  const items = pages.flatMap((page) => page.items);
  const gone = pages.flatMap((page) => page.gone ?? []);
  return { items, gone, cursor: cursor ?? '', pages };
}

export const keysOf = (items: readonly { providerKey: string }[]) =>
  items.map((item) => item.providerKey).sort();
export const toKeys = (ids: readonly string[]) => ids.map((id) => `graph:${id}`).sort();
