import type { FakeMessage } from './fake-mailbox.ts';

export function toMessageJson(message: FakeMessage, immutable: boolean, expand: boolean): object {
  const size = { id: 'Integer 0xe08', value: String(message.raw.byteLength) };
  return {
    '@odata.etag': toEtag(message),
    id: immutable ? message.immutableId : message.restId,
    receivedDateTime: `${message.receivedAt.toISOString().slice(0, 19)}Z`,
    isDraft: message.isDraft,
    isRead: message.isRead,
    categories: message.categories,
    parentFolderId: message.folderId,
    ...(expand ? { singleValueExtendedProperties: [size] } : {}),
  };
}

export function toEtag({ immutableId, version }: FakeMessage): string {
  return `W/"${immutableId.slice(7, 20)}${version}"`;
}
