import { ServiceError } from '../domain/service-error.ts';

/** AES-256 keys by id (1 to 255); the highest id seals, all open. */
export type SecretKeys = ReadonlyMap<number, Uint8Array>;

const FIX = 'Write <id>:<base64 of 32 random bytes>, comma separated, e.g. 1:$(openssl rand -base64 32)';

/**
 * Reads `1:<base64>,2:<base64>`.
 * @throws ServiceError InvalidInput for a bad id, a repeated id or a key that is not 32 bytes; never shows a key.
 */
export function parseSecretKeys(text: string): SecretKeys {
  const keys = new Map<number, Uint8Array>();
  for (const [index, entry] of text.split(',').entries()) {
    const at = `entry ${index + 1}`;
    const [, idText, encoded] = /^\s*(\d{1,3}):([A-Za-z0-9+/_-]{43}=?)\s*$/.exec(entry) ?? [];
    const id = Number(idText);
    if (idText === undefined || encoded === undefined || id < 1 || id > 255) {
      throw new ServiceError('InvalidInput', `${at} is not <id 1-255>:<base64 of 32 bytes>`, { fix: FIX });
    }
    if (keys.has(id)) {
      throw new ServiceError('InvalidInput', `${at} repeats the id ${id}`, {
        fix: 'Give every key its own id',
      });
    }
    keys.set(id, new Uint8Array(Buffer.from(encoded, 'base64')));
  }
  return keys;
}
