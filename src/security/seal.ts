import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { ServiceError } from '../domain/service-error.ts';
import type { SecretKeys } from './parse-secret-keys.ts';

/** Encrypts values at rest. `aad` names the place, `table/column/row`: a value moved elsewhere does not open. */
export interface Sealer {
  seal(plain: Uint8Array, aad: string): Uint8Array;
  /** @throws ServiceError Internal when the key is unknown, or value, header or place differ from what was sealed. */
  open(sealed: Uint8Array, aad: string): Uint8Array;
}

const VERSION = 1;
const HEADER = 2;
const NONCE = 12;
const TAG = 16;

function fail(message: string, fix: string, cause?: unknown): never {
  throw new ServiceError('Internal', message, { fix, cause });
}

/**
 * AES-256-GCM (NIST SP 800-38D). Layout: version, key id, 12 random bytes, ciphertext, 16 bytes of tag.
 * The header is authenticated with `aad`. Random nonces: rotate a key well before 2^32 values.
 * @param keys the highest id seals, all open.
 * @throws ServiceError InvalidInput without keys.
 */
export function createSealer(keys: SecretKeys): Sealer {
  if (keys.size === 0) throw new ServiceError('InvalidInput', 'There is no key to seal with');
  const byId = new Map([...keys].map(([id, key]) => [id, createSecretKey(key)]));
  const current = Math.max(...byId.keys());
  const header = Uint8Array.of(VERSION, current);

  const keyOf = (id: number) =>
    byId.get(id) ??
    fail(`Sealed with key ${id}, which is not configured`, 'Add that key to MAILROOM_SECRET_KEYS');
  const sealingKey = keyOf(current);

  return {
    seal(plain, aad) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce, { authTagLength: TAG });
      cipher.setAAD(Buffer.concat([header, Buffer.from(aad)]));
      return Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },

    open(sealed, aad) {
      const [version, id] = sealed;
      if (version !== VERSION || id === undefined || sealed.length < HEADER + NONCE + TAG) {
        return fail('The stored value is not a sealed value', 'Restore the row from a backup');
      }
      const nonce = sealed.subarray(HEADER, HEADER + NONCE);
      const decipher = createDecipheriv('aes-256-gcm', keyOf(id), nonce, { authTagLength: TAG });
      decipher.setAAD(Buffer.concat([sealed.subarray(0, HEADER), Buffer.from(aad)]));
      decipher.setAuthTag(sealed.subarray(-TAG));
      const plain = decipher.update(sealed.subarray(HEADER + NONCE, -TAG));
      try {
        return Buffer.concat([plain, decipher.final()]);
      } catch (cause) {
        return fail(
          'The stored value was changed, moved to another row, or sealed with another key of the same id',
          'Check MAILROOM_SECRET_KEYS; restore the row from a backup',
          cause,
        );
      }
    },
  };
}
