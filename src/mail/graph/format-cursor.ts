import type { FolderPosition, GraphCursor, ListedMessage } from './graph-cursor.ts';

export function formatCursor({ at, folders }: GraphCursor): string {
  return JSON.stringify({ at, folders: [...folders].map(([name, position]) => [name, toJson(position)]) });
}

function toJson({ id, link, whole, begunAt, syncedAt, since, firstSince, rest }: FolderPosition) {
  return {
    id,
    link,
    ...(whole && { whole }),
    begunAt: begunAt?.getTime(),
    syncedAt: syncedAt?.getTime(),
    since: since?.getTime(),
    firstSince: firstSince?.getTime() ?? null,
    rest: rest.map(toEntry),
  };
}

function toEntry({ id, receivedAt, size, failed }: ListedMessage) {
  const failure = failed === undefined ? [] : [failed.tries, failed.since.getTime()];
  return [id, receivedAt?.getTime() ?? null, size ?? null, ...failure];
}
