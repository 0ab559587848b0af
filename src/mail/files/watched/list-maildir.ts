import { type FileEntry, toMaildirKey } from './file-entry.ts';
import { toFaultEntries } from './to-fault-entries.ts';
import { toOtherEntries } from './to-other-entries.ts';
import { walkTree } from './walk-tree.ts';

const PLACES = new Set(['new', 'cur']);
/** Names as servers give them to what is no inbound mail (RFC 6154 for the roles). */
const NOT_INBOUND =
  /^(?:sent|sent items|sent messages|drafts?|trash|deleted items|deleted messages|junk|junk e-?mail|spam|templates|outbox)$/i;

/**
 * The messages of a Maildir and of its folders (`.Orders/cur`, Maildir++), each once whatever its flags. What is in `tmp`
 * is still being delivered and is never read.
 */
export async function listMaildir(root: string): Promise<FileEntry[]> {
  const tree = await walkTree(
    root,
    (name, folder) => PLACES.has(placeOf(folder)) && !name.startsWith('.'),
    (name, folder) =>
      folder === '' ? PLACES.has(name) || name.startsWith('.') : isFolder(folder) && PLACES.has(name),
    (name, folder) => PLACES.has(placeOf(folder)) && !name.startsWith('.'),
  );
  const entries = new Map<string, FileEntry>();
  for (const { path, stats } of tree.files) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const key = toMaildirKey(name);
    const skipped = findSkip(path, name);
    // A server that was cut off between link and unlink leaves it in new/ and cur/; a copy in .Trash hides no other.
    const other = entries.get(key);
    if (other !== undefined && (other.skipped === undefined || skipped !== undefined)) continue;
    entries.set(key, {
      path,
      kind: 'message',
      key,
      size: stats.size,
      changedAt: new Date(stats.mtimeMs),
      receivedAt: new Date(stats.mtimeMs),
      isAtomic: true,
      skipped,
      fault: undefined,
    });
  }
  const all = [...entries.values(), ...toOtherEntries(tree.others), ...toFaultEntries(tree.faults)];
  return all.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `.Orders/` of Maildir++, which lies flat below the root. */
function isFolder(folder: string): boolean {
  return folder.startsWith('.') && folder.indexOf('/') === folder.length - 1;
}

function placeOf(folder: string): string {
  return folder.split('/').at(-2) ?? '';
}

function findSkip(path: string, name: string): string | undefined {
  const folder = path.startsWith('.') ? path.slice(1, path.indexOf('/')) : '';
  const top = folder.split('.')[0] ?? '';
  if (NOT_INBOUND.test(top)) return `The folder ${folder} holds no inbound mail`;
  const flags = /:2,([A-Za-z]{0,52})$/.exec(name)?.[1] ?? '';
  if (flags.includes('D')) return 'It is a draft';
  return flags.includes('T') ? 'It is marked as deleted' : undefined;
}
