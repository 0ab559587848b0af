import { createHash } from 'node:crypto';

const MAX_LENGTH = 300;
const PREFIX = 'graph:';

/** `graph:<immutable id>`; a hash stands for an id that is too long. */
export function toProviderKey(id: string): string {
  const key = `${PREFIX}${id}`;
  if (key.length <= MAX_LENGTH) return key;
  return `${PREFIX}~${createHash('sha256').update(id).digest('hex')}`;
}

/** The id in a key; undefined when it is a hash, or the key of another provider. `~` is in no id. */
export function fromProviderKey(key: string): string | undefined {
  if (!key.startsWith(PREFIX) || key.startsWith(`${PREFIX}~`)) return undefined;
  return key.slice(PREFIX.length);
}
