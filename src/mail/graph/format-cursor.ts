import type { FolderPosition, GraphCursor } from './graph-cursor.ts';

export function formatCursor({ at, folders }: GraphCursor): string {
  return JSON.stringify({ at, folders: [...folders].map(([name, position]) => [name, toJson(position)]) });
}

function toJson({ id, link, syncedAt, since, rest }: FolderPosition) {
  return {
    id,
    link,
    syncedAt: syncedAt?.getTime(),
    since: since?.getTime(),
    rest: rest.map((message) => [message.id, message.receivedAt?.getTime() ?? null, message.size ?? null]),
  };
}
