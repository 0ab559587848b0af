import type { ItemsRequest, MailboxItem, MailboxItems } from '../mailbox.ts';
import type { ImapSession } from './create-session.ts';
import { fetchFacts } from './fetch-facts.ts';
import { fetchMessages } from './fetch-messages.ts';
import { openFolder } from './open-folder.ts';
import { parseProviderKey } from './parse-provider-key.ts';
import { toProviderKey } from './to-provider-key.ts';
import { type FolderRef, withFolder } from './with-folder.ts';

interface Group {
  readonly folder: string;
  readonly uidValidity: string;
  readonly uids: Set<number>;
}

/** UIDs of one FETCH: a command line has its limits (RFC 7162 4 advises 8,192 octets). */
const FETCH_UIDS = 500;

/**
 * The messages of these keys, folder by folder. Gone is what vanished, what lies under another UIDVALIDITY and
 * what is no key of this account. Throws NotFound for a folder that is gone.
 */
export async function readItems(
  session: ImapSession,
  folders: readonly string[],
  providerKeys: readonly string[],
  request: ItemsRequest,
): Promise<MailboxItems> {
  const items: MailboxItem[] = [];
  const gone = providerKeys.filter((key) => parseProviderKey(key, folders) === undefined);
  let bytes = 0;
  for (const { folder, uidValidity, uids } of group(folders, providerKeys)) {
    const opened = await session.run(request.signal, (client) => openFolder(client, folder));
    const wanted = [...uids].sort((a, b) => a - b);
    if (opened.uidValidity !== uidValidity) {
      gone.push(...wanted.map((uid) => toProviderKey(folder, uidValidity, uid)));
      continue;
    }
    for (let from = 0; from < wanted.length && bytes < request.maxBytes; from += FETCH_UIDS) {
      const some = wanted.slice(from, from + FETCH_UIDS);
      await readSome({ folder, uidValidity }, some);
    }
  }
  return { items, gone };

  async function readSome(ref: FolderRef, uids: readonly number[]): Promise<void> {
    const wanted = new Set(uids);
    const facts = await withFolder(session, ref, request.signal, (client) =>
      fetchFacts(client, uids.join(','), (uid) => wanted.has(uid)),
    );
    const known = new Map(facts.map((fact) => [fact.uid, fact]));
    const messages = uids.map((uid) => known.get(uid) ?? { uid, size: undefined, receivedAt: undefined });
    const before = items.length;
    const read = await fetchMessages(session, ref, messages, {
      ...request,
      maxBytes: request.maxBytes - bytes,
      onProgress: (count) => request.onProgress(before + count),
    });
    const found = new Set(read.items.map(({ providerKey }) => providerKey));
    const asked = uids.slice(0, read.consumed);
    const keys = asked.map((uid) => toProviderKey(ref.folder, ref.uidValidity, uid));
    items.push(...read.items);
    gone.push(...keys.filter((key) => !found.has(key)));
    bytes += read.bytes;
  }
}

function group(folders: readonly string[], providerKeys: readonly string[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const key of providerKeys) {
    const place = parseProviderKey(key, folders);
    if (place === undefined) continue;
    const { folder, uidValidity, uid } = place;
    const name = JSON.stringify([folder, uidValidity]);
    const found = groups.get(name) ?? { folder, uidValidity, uids: new Set<number>() };
    found.uids.add(uid);
    groups.set(name, found);
  }
  return groups.values();
}
