import { type FakeAnswer, type FakeRequest, refuse } from './fake-answer.ts';
import type { FakeDelta } from './fake-delta.ts';
import {
  type FakeFolder,
  type FakeMailbox,
  type FakeMessage,
  findFolder,
  findMessage,
  moveMessage,
  touchMessage,
} from './fake-mailbox.ts';
import { toMessageJson } from './to-message-json.ts';

export interface MailServices {
  readonly delta: FakeDelta;
  /** `https://host`. */
  readonly origin: string;
  readonly maxPageSize: number;
  onCreated(mailbox: FakeMailbox, folder: FakeFolder, message: FakeMessage): void;
}

const NO_ITEM = 'The specified object was not found in the store.';
const gone = () => refuse(404, 'ErrorItemNotFound', NO_ITEM);

/** Everything below `/users/{id}`: folders and messages. */
export function answerMail(
  services: MailServices,
  mailbox: FakeMailbox,
  request: FakeRequest,
  segments: readonly string[],
): FakeAnswer {
  const [kind, id, ...rest] = segments;
  if (kind === 'messages' && id !== undefined) return answerMessage(services, mailbox, request, id, rest);
  if (kind === 'messages') return listMessages(mailbox, undefined, request);
  if (kind !== 'mailfolders') return refuse(400, 'BadRequest', 'Resource not found for the segment.');
  if (id === undefined) return listFolders(mailbox, undefined, request);
  const folder = findFolder(mailbox, id);
  if (folder === undefined) return gone();
  const below = rest.join('/');
  if (below === '') return { status: 200, json: toFolderJson(mailbox, folder) };
  if (below === 'childFolders') return listFolders(mailbox, folder.id, request);
  if (below === 'messages/delta') return answerDelta(services, mailbox, folder, request);
  if (below === 'messages') return listMessages(mailbox, folder, request);
  return refuse(400, 'BadRequest', 'Resource not found for the segment.');
}

function isImmutable({ prefer }: FakeRequest): boolean {
  return prefer.includes('idtype="immutableid"');
}

function answerDelta(
  { delta, origin, maxPageSize }: MailServices,
  mailbox: FakeMailbox,
  folder: FakeFolder,
  request: FakeRequest,
): FakeAnswer {
  const asked = Number(/odata\.maxpagesize=(\d{1,6})/.exec(request.prefer)?.[1] ?? 10);
  return delta.answer({
    mailbox,
    folder,
    query: request.query,
    pageSize: Math.max(1, Math.min(asked, maxPageSize)),
    immutable: isImmutable(request),
    url: `${origin}/v1.0/users/${encodeURIComponent(mailbox.user)}/mailFolders('${folder.id}')/messages/delta`,
  });
}

function listFolders(mailbox: FakeMailbox, parentId: string | undefined, { query }: FakeRequest): FakeAnswer {
  const wanted = /^displayName eq '((?:[^']|'')*)'$/.exec(query.get('$filter') ?? '')?.[1];
  const name = wanted?.replaceAll("''", "'").toLowerCase();
  const value = [...mailbox.folders.values()]
    .filter((folder) => folder.parentId === parentId)
    .filter(({ displayName }) => name === undefined || displayName.toLowerCase() === name)
    .map((folder) => toFolderJson(mailbox, folder));
  return { status: 200, json: { value: value.slice(0, Number(query.get('$top') ?? 10)) } };
}

function listMessages(
  mailbox: FakeMailbox,
  folder: FakeFolder | undefined,
  request: FakeRequest,
): FakeAnswer {
  const value = [...mailbox.messages.values()]
    .filter(({ folderId }) => folder === undefined || folderId === folder.id)
    .slice(0, Number(request.query.get('$top') ?? 10))
    .map((message) => toMessageJson(message, isImmutable(request), false));
  return { status: 200, json: { value } };
}

function toFolderJson(mailbox: FakeMailbox, { id, displayName, parentId }: FakeFolder): object {
  const total = [...mailbox.messages.values()].filter(({ folderId }) => folderId === id).length;
  return { id, displayName, parentFolderId: parentId ?? 'root', totalItemCount: total };
}

function answerMessage(
  services: MailServices,
  mailbox: FakeMailbox,
  request: FakeRequest,
  id: string,
  rest: readonly string[],
): FakeAnswer {
  const message = findMessage(mailbox, id);
  if (message === undefined) return gone();
  const action = `${request.method} ${rest.join('/')}`;
  const toAnswer = (status = 200): FakeAnswer => ({
    status,
    json: toMessageJson(message, isImmutable(request), request.query.has('$expand')),
  });
  if (action === 'GET ') return toAnswer();
  if (action === 'GET $value') {
    return { status: 200, headers: { 'content-type': 'text/plain' }, bytes: message.raw };
  }
  if (action === 'PATCH ') {
    const { isRead, categories } = request.body;
    if (typeof isRead === 'boolean') message.isRead = isRead;
    if (Array.isArray(categories)) message.categories = categories.map(String);
    touchMessage(mailbox, message);
    return toAnswer();
  }
  if (action === 'POST move') {
    const target = findFolder(mailbox, String(request.body.destinationId));
    if (target === undefined) return gone();
    moveMessage(mailbox, message, target);
    services.onCreated(mailbox, target, message);
    return toAnswer(201);
  }
  return refuse(405, 'BadRequest', 'The method is not allowed here.');
}
