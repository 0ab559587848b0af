import type { z } from 'zod';
import { AccountTest } from '../../api/schemas/account.ts';
import { BatchPage } from '../../api/schemas/batch.ts';
import { DecisionBody } from '../../api/schemas/draft.ts';
import { type Message, MessagePage } from '../../api/schemas/message.ts';
import { QuarantinePage, RetryAllAnswer } from '../../api/schemas/quarantine.ts';
import { accounts, toAdded, toChanged } from './fixture-accounts.ts';
import { toAudit, toEntries } from './fixture-audit.ts';
import { toBatchDetail, toBatches } from './fixture-batches.ts';
import { DRAFT_HASH, toConversation, toDetail } from './fixture-detail.ts';
import { messages as fixtures } from './fixture-messages.ts';
import { health, quarantine, toOverview } from './fixture-system.ts';

interface Answer {
  readonly status: number;
  readonly answer: unknown;
}

const FIELDS = [
  'category',
  'priority',
  'state',
  'accountId',
  'batchId',
  'conversationId',
  'outcome',
] as const;
const notFound: Answer = {
  status: 404,
  answer: {
    type: 'about:blank',
    title: 'Not found',
    status: 404,
    detail: 'There is nothing',
    fix: 'Look elsewhere.',
  },
};

/** The API as the page sees it, over fixtures that an approval changes. */
export function createFakeApi() {
  const startedAt = Date.now();
  const writes: string[] = [];
  let messages: readonly Message[] = fixtures;
  const findMessage = (id: string | undefined) => messages.find((message) => message.id === id);
  const batches = () => toBatches((Date.now() - startedAt) / 1_000);

  function read(url: URL): Answer {
    const [, resource, id, part] = url.pathname.split('/').slice(1);
    if (url.pathname === '/health') return ok(health);
    if (resource === 'overview') return ok(toOverview(messages));
    if (resource === 'accounts' && id !== undefined) {
      return ok(url.pathname.endsWith('/entries') ? toEntries(id, url.searchParams) : toAudit(id));
    }
    if (resource === 'accounts') return ok(accounts);
    if (resource === 'quarantine')
      return ok(checked(QuarantinePage, { items: [...quarantine], nextCursor: null }));
    if (resource === 'batches') {
      if (id === undefined) return ok(checked(BatchPage, { items: [...batches()], nextCursor: null }));
      const batch = batches().find((candidate) => candidate.id === id);
      return batch ? ok(toBatchDetail(batch)) : notFound;
    }
    if (id === undefined) return ok(list(messages, url.searchParams));
    const message = findMessage(id);
    if (message === undefined) return notFound;
    return ok(part === 'conversation' ? toConversation(message) : toDetail(message));
  }

  function write(url: URL, body: unknown): Answer {
    const draft = /^\/api\/drafts\/d-(?<id>[^/]+)\/approve$/.exec(url.pathname)?.groups?.id;
    if (url.pathname === '/api/quarantine/retry') {
      return { status: 202, answer: checked(RetryAllAnswer, { retried: 3, failed: [], remaining: 0 }) };
    }
    if (url.pathname === '/api/accounts') return { status: 201, answer: toAdded(body) };
    if (/^\/api\/accounts\/[^/]+\/test$/.test(url.pathname)) {
      const lines = ['INBOX: 120 messages', 'Orders: 4 messages'];
      return ok(checked(AccountTest, { ok: true, lines, fault: null, fix: null }));
    }
    if (url.pathname.endsWith('/oauth/start')) {
      return ok({ authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth?state=s' });
    }
    if (draft === undefined) return { status: 202, answer: {} };
    if (DecisionBody.parse(body).hash !== DRAFT_HASH) return { ...notFound, status: 409 };
    messages = messages.map((message) =>
      message.id === draft ? { ...message, state: 'settled', outcome: 'sent' } : message,
    );
    const message = findMessage(draft);
    return message ? ok(toDetail(message).draft) : notFound;
  }

  return {
    writes: writes as readonly string[],
    answer(method: string, url: URL, body: unknown): Answer {
      if (method === 'GET') return read(url);
      const detail = method === 'PATCH' ? ` ${JSON.stringify(body)}` : '';
      writes.push(`${method} ${url.pathname}${url.search}${detail}`);
      if (method === 'PATCH') return ok(toChanged(url.pathname, body));
      return write(url, body);
    },
  };
}

function list(messages: readonly Message[], search: URLSearchParams): z.input<typeof MessagePage> {
  const q = (search.get('q') ?? '').toLowerCase();
  const matching = messages.filter(
    (message) =>
      (search.get('needsPerson') !== 'true' || message.needsPerson !== null) &&
      hasLabel(message, search.get('label')) &&
      FIELDS.every((field) => !search.has(field) || message[field] === search.get(field)) &&
      `${message.subject} ${message.summaryLine}`.toLowerCase().includes(q),
  );
  const start = Number(search.get('cursor') ?? 0);
  const end = start + Number(search.get('limit') ?? 50);
  return checked(MessagePage, {
    items: matching.slice(start, end),
    nextCursor: end < matching.length ? String(end) : null,
  });
}

/** Throws when a fixture has drifted from the API's shapes. */
function checked<T extends z.ZodType>(schema: T, value: z.input<T>): z.input<T> {
  schema.parse(value);
  return value;
}

function ok(answer: unknown): Answer {
  return { status: 200, answer };
}

function hasLabel(message: Message, label: string | null): boolean {
  const labels = toDetail(message).analysis?.classification.labels ?? [];
  return label === null || labels.some(({ category }) => category === label);
}
