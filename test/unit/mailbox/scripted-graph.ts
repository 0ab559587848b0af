import { openGraphMailbox } from '../../../src/mail/graph/open-graph-mailbox.ts';
import type { PageRequest } from '../../../src/mail/mailbox.ts';

export const BASE = 'https://graph.example.com';
const FOLDER = { id: 'folder-1', displayName: 'Inbox', totalItemCount: 1 };
export const DELTA = `${BASE}/v1.0/users/a%40example.com/mailFolders('folder-1')/messages/delta`;
export const TOKEN = 'the-token';

export interface Sent {
  readonly url: string;
  readonly token: string | undefined;
  readonly redirect: string | undefined;
}

export type Answer = (url: string, body: string) => Response | undefined;

/** Graph as a function: the folder is there, and the rest is up to the test. */
export function openScripted(answer: Answer, folders: readonly string[] = ['inbox']) {
  const sent: Sent[] = [];
  const fake = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const url = decodeURIComponent(String(input));
    const headers = init.headers as Record<string, string>;
    sent.push({ url, token: headers.authorization, redirect: init.redirect });
    const given = answer(url, typeof init.body === 'string' ? init.body : '');
    if (given) return given;
    if (url.includes('/mailFolders/inbox?')) return Response.json(FOLDER);
    return Response.json({ value: [], '@odata.deltaLink': `${DELTA}?$deltatoken=end` });
  };
  const mailbox = openGraphMailbox(
    { mailbox: 'a@example.com', folders, baseUrl: BASE },
    { kind: 'token', getAccessToken: async () => TOKEN },
    { fetch: fake as typeof fetch },
  );
  return { mailbox, sent };
}

export function toRequest(request: Partial<PageRequest> = {}): PageRequest {
  return {
    cursor: undefined,
    maxItems: 10,
    maxBytes: 1_000_000,
    maxMessageBytes: 100_000,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...request,
  };
}

export const isDelta = (url: string) => url.includes('/messages/delta');
export const listed = (...ids: readonly string[]) =>
  Response.json({
    value: ids.map((id) => ({ id, receivedDateTime: '2026-01-01T00:00:00Z', isDraft: false })),
    '@odata.deltaLink': `${DELTA}?$deltatoken=end`,
  });
