import type { MailboxItem } from '../mailbox.ts';
import type { Source } from './fetch-source.ts';
import type { ListedMessage } from './graph-cursor.ts';
import { toProviderKey } from './to-provider-key.ts';

/** One message to one item; undefined when it is gone meanwhile. */
export function toItem(
  message: ListedMessage,
  source: Source,
  folder: string,
  maxMessageBytes: number,
): MailboxItem | undefined {
  if (source.kind === 'gone') return undefined;
  const raw = source.kind === 'raw' && source.raw.byteLength > 0 ? source.raw : undefined;
  return {
    providerKey: toProviderKey(message.id),
    raw,
    size: raw?.byteLength ?? message.size ?? 0,
    receivedAt: message.receivedAt,
    label: toLabel(folder, message),
    fault: raw === undefined ? toFault(message, source, maxMessageBytes) : undefined,
  };
}

/** The folder and when it came; a subject may not be for all eyes. */
export function toLabel(folder: string, { receivedAt }: Pick<ListedMessage, 'receivedAt'>): string {
  return receivedAt === undefined ? folder : `${folder}, received ${receivedAt.toISOString()}`;
}

function toFault(message: ListedMessage, source: Source, limit: number): MailboxItem['fault'] {
  const refused = 'The server lists it but does not hand it over';
  if (source.kind === 'refused') return { type: 'NotFound', reason: `${refused}: ${source.reason}` };
  if (source.kind === 'failed') return { type: 'Unavailable', reason: `${refused}: ${source.error.message}` };
  if (source.kind === 'raw') return { type: 'InvalidInput', reason: 'It is empty.' };
  const size = message.size === undefined ? 'more' : `about ${message.size} bytes, more`;
  return { type: 'InvalidInput', reason: `It has ${size} than the limit of ${limit}.` };
}
