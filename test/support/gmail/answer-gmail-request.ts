import type { FakeChange, FakeMailbox, FakeMessage } from './create-fake-mailbox.ts';

export interface GmailAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface FakeWatch {
  readonly topicName: string;
  readonly labelIds: readonly string[];
  readonly expiration: number;
}

export interface GmailRequest {
  readonly method: string;
  /** Behind `/gmail/v1/users/me/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

const WEEK_MS = 7 * 86_400_000;
const ok = (body: unknown): GmailAnswer => ({ status: 200, body });

/** An error in Google's own form. */
export function toGoogleError(status: number, message: string, reason: string): GmailAnswer {
  return {
    status,
    body: { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } },
  };
}

const notFound = () => toGoogleError(404, 'Requested entity was not found.', 'notFound');
const invalid = (what: string) => toGoogleError(400, `Invalid ${what}`, 'invalidArgument');

/** The part of Gmail's API (discovery document gmail.v1) that mail rooms use, on one mailbox. */
export function answerGmailRequest(
  mailbox: FakeMailbox,
  request: GmailRequest,
  setWatch: (watch: FakeWatch | undefined) => void,
  current?: FakeWatch,
): GmailAnswer {
  const { method, path, query, body } = request;
  const [group = '', id = '', verb] = path.split('/').map(decodeURIComponent);
  switch (`${method} ${group}${id === '' ? '' : '/:id'}${verb === undefined ? '' : `/${verb}`}`) {
    case 'GET profile':
      return ok({
        emailAddress: mailbox.address,
        messagesTotal: mailbox.messages.size,
        threadsTotal: mailbox.messages.size,
        historyId: String(mailbox.historyId()),
      });
    case 'GET settings/:id':
      return ok({ sendAs: [{ sendAsEmail: mailbox.address, isPrimary: true }, ...mailbox.sendAs] });
    case 'GET labels':
      return ok({ labels: [...mailbox.labels.values()] });
    case 'POST labels':
      return createLabel(mailbox, body);
    case 'GET labels/:id':
      return getLabel(mailbox, id);
    case 'GET messages':
      return listMessages(mailbox, query);
    case 'GET messages/:id':
      return getMessage(mailbox, id, query.get('format') ?? 'full');
    case 'POST messages/:id/modify':
      return modify(mailbox, id, body);
    case 'GET history':
      return listHistory(mailbox, query);
    case 'POST watch':
      return watch(mailbox, body, setWatch, current);
    case 'POST stop':
      setWatch(undefined);
      return { status: 204, body: undefined };
    default:
      return toGoogleError(404, `The fake does not know ${method} ${path}`, 'notFound');
  }
}

function createLabel(mailbox: FakeMailbox, body: GmailRequest['body']): GmailAnswer {
  const { name } = body;
  if (typeof name !== 'string' || name === '') return invalid('label name');
  const taken = [...mailbox.labels.values()].some((l) => l.name.toLowerCase() === name.toLowerCase());
  if (taken) return toGoogleError(409, 'Label name exists or conflicts', 'aborted');
  return ok(mailbox.labels.get(mailbox.addLabel(name)));
}

function getLabel(mailbox: FakeMailbox, id: string): GmailAnswer {
  const label = mailbox.labels.get(id);
  if (label === undefined) return notFound();
  const bearing = [...mailbox.messages.values()].filter(({ labels }) => labels.has(id));
  return ok({ ...label, messagesTotal: bearing.length });
}

const isOlder = (a: FakeMessage, b: FakeMessage): number =>
  b.internalDate - a.internalDate || (a.id < b.id ? 1 : -1);

function listMessages(mailbox: FakeMailbox, query: URLSearchParams): GmailAnswer {
  const wanted = query.getAll('labelIds');
  if (wanted.some((id) => !mailbox.labels.has(id))) return invalid('label');
  const after = /^after:(\d+)$/.exec(query.get('q') ?? '')?.[1];
  if (query.get('q') !== null && after === undefined) return invalid('query of the fake');
  const hidden = query.get('includeSpamTrash') === 'true' ? [] : ['SPAM', 'TRASH'];
  const all = [...mailbox.messages.values()]
    .filter(({ labels }) => wanted.every((id) => labels.has(id)) && !hidden.some((id) => labels.has(id)))
    .filter(({ internalDate }) => after === undefined || internalDate > Number(after) * 1_000)
    .sort(isOlder);
  const token = query.get('pageToken');
  const [date = '', lastId = ''] =
    token === null ? [] : Buffer.from(token, 'base64url').toString().split(':');
  if (token !== null && !/^\d+$/.test(date)) return invalid('pageToken');
  const last = { internalDate: Number(date), id: lastId } as FakeMessage;
  const rest = token === null ? all : all.filter((message) => isOlder(last, message) < 0);
  const size = Math.min(Number(query.get('maxResults') ?? 100), mailbox.mostListed);
  const page = rest.slice(0, size);
  const end = page.at(-1);
  const more = rest.length > size && end !== undefined;
  return ok({
    ...(page.length === 0 ? {} : { messages: page.map(({ id }) => ({ id, threadId: id })) }),
    ...(more ? { nextPageToken: Buffer.from(`${end.internalDate}:${end.id}`).toString('base64url') } : {}),
    resultSizeEstimate: Math.min(all.length, 201),
  });
}

function getMessage(mailbox: FakeMailbox, id: string, format: string): GmailAnswer {
  const message = mailbox.messages.get(id);
  if (message === undefined) return notFound();
  return ok({
    id,
    threadId: id,
    labelIds: [...message.labels],
    historyId: String(message.historyId),
    internalDate: String(message.internalDate),
    sizeEstimate: message.raw.byteLength,
    ...(format === 'raw' ? { raw: message.raw.toString('base64url') } : {}),
  });
}

function modify(mailbox: FakeMailbox, id: string, body: GmailRequest['body']): GmailAnswer {
  const message = mailbox.messages.get(id);
  if (message === undefined) return notFound();
  const add = (body.addLabelIds ?? []) as string[];
  const take = (body.removeLabelIds ?? []) as string[];
  if ([...add, ...take].some((label) => !mailbox.labels.has(label))) return invalid('label');
  mailbox.relabel(id, add, take);
  return ok({ id, threadId: id, labelIds: [...message.labels] });
}

function listHistory(mailbox: FakeMailbox, query: URLSearchParams): GmailAnswer {
  const start = query.get('startHistoryId') ?? '';
  if (!/^\d{1,20}$/.test(start)) return invalid('startHistoryId');
  if (BigInt(start) < mailbox.floor()) {
    mailbox.historyRefusals += 1;
    return notFound();
  }
  const types = query.getAll('historyTypes');
  const named = { messagesAdded: 'messageAdded', messagesDeleted: 'messageDeleted' } as Record<
    string,
    string
  >;
  const label = query.get('labelId');
  const after = BigInt(query.get('pageToken') ?? start);
  const all = mailbox.changesAfter(after).filter(({ kind, bears }) => {
    const type = named[kind] ?? (kind === 'labelsAdded' ? 'labelAdded' : 'labelRemoved');
    return (types.length === 0 || types.includes(type)) && (label === null || bears.includes(label));
  });
  const size = Math.min(Number(query.get('maxResults') ?? 100), 500);
  const page = all.slice(0, size);
  if (mailbox.emptyHistoryPages > 0) {
    mailbox.emptyHistoryPages -= 1;
    return ok({ nextPageToken: String(after), historyId: String(mailbox.historyId()) });
  }
  return ok({
    ...(page.length === 0 ? {} : { history: page.map(toRecord) }),
    ...(all.length > size ? { nextPageToken: String(page.at(-1)?.id) } : {}),
    historyId: String(mailbox.historyId()),
  });
}

function toRecord({ id, kind, messageId, bears, labels }: FakeChange) {
  const message = { id: messageId, threadId: messageId, labelIds: bears };
  const change = kind.startsWith('labels') ? { message, labelIds: labels } : { message };
  return { id: String(id), messages: [{ id: messageId, threadId: messageId }], [kind]: [change] };
}

function watch(
  mailbox: FakeMailbox,
  body: GmailRequest['body'],
  setWatch: (watch: FakeWatch) => void,
  current: FakeWatch | undefined,
): GmailAnswer {
  const { topicName, labelIds = [] } = body;
  if (typeof topicName !== 'string' || !/^projects\/[^/]+\/topics\/[^/]+$/.test(topicName)) {
    return invalid('topicName');
  }
  if (current !== undefined && current.expiration > Date.now() && current.topicName !== topicName) {
    const message =
      'Only one user push notification client allowed per developer (call /stop then try again)';
    return toGoogleError(400, message, 'invalidArgument');
  }
  const expiration = Date.now() + WEEK_MS;
  setWatch({ topicName, labelIds: labelIds as string[], expiration });
  return ok({ historyId: String(mailbox.historyId()), expiration: String(expiration) });
}
