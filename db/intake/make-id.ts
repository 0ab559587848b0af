import { randomBytes } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_CHARS = 26;

/** The id of a message whose key would give one that is, or was, another message's. Looks like `messageKey`. */
export function makeId(): string {
  return Array.from(randomBytes(ID_CHARS), (byte) => BASE32[byte & 31]).join('');
}
