import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseSecretKeys } from '../../../src/security/parse-secret-keys.ts';
import { createSealer } from '../../../src/security/seal.ts';

const key = () => new Uint8Array(randomBytes(32));
const AAD = 'source/raw/42';
const PLAIN = Buffer.from('Dear customer, …');

describe('createSealer', () => {
  const one = key();
  const sealer = createSealer(new Map([[1, one]]));

  it('opens what it sealed, also nothing at all', () => {
    expect(Buffer.from(sealer.open(sealer.seal(PLAIN, AAD), AAD))).toEqual(PLAIN);
    expect(sealer.open(sealer.seal(new Uint8Array(), AAD), AAD)).toHaveLength(0);
  });

  it('never seals the same way twice', () => {
    expect(sealer.seal(PLAIN, AAD)).not.toEqual(sealer.seal(PLAIN, AAD));
  });

  it('seals with the highest key and opens with all, so keys can rotate', () => {
    const old = sealer.seal(PLAIN, AAD);
    const rotated = createSealer(
      new Map([
        [10, key()],
        [1, one],
        [2, key()],
      ]),
    );
    expect(Buffer.from(rotated.open(old, AAD))).toEqual(PLAIN);
    const fresh = rotated.seal(PLAIN, AAD);
    expect(fresh[1]).toBe(10);
    expect(() => sealer.open(fresh, AAD)).toThrow('Sealed with key 10, which is not configured');
  });

  it('notices any changed byte', () => {
    const sealed = sealer.seal(PLAIN, AAD);
    for (let index = 0; index < sealed.length; index++) {
      const changed = Uint8Array.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => sealer.open(changed, AAD), `byte ${index}`).toThrow(
        expect.objectContaining({ type: 'Internal', name: 'ServiceError' }),
      );
    }
  });

  it('does not open a value in another place', () => {
    const sealed = sealer.seal(PLAIN, AAD);
    expect(() => sealer.open(sealed, 'source/raw/43')).toThrow('changed, moved to another row');
  });

  it.each([0, 1, 2, 29])('refuses a stump of %i bytes', (length) => {
    expect(() => sealer.open(sealer.seal(PLAIN, AAD).subarray(0, length), AAD)).toThrow('not a sealed value');
  });

  it('needs a key', () => {
    expect(() => createSealer(new Map())).toThrow(expect.objectContaining({ type: 'InvalidInput' }));
  });

  it('seals 20 KB in well under a millisecond', () => {
    const plain = randomBytes(20_480);
    for (let warm = 0; warm < 200; warm++) sealer.seal(plain, AAD);
    const start = process.cpuUsage();
    for (let round = 0; round < 1_000; round++) sealer.seal(plain, AAD);
    const { user, system } = process.cpuUsage(start);
    const each = (user + system) / 1e6;
    // 0.02 ms of a core, whoever else waits for it.
    expect(each).toBeLessThan(0.5);
  });
});

describe('parseSecretKeys', () => {
  it('reads ids and keys', () => {
    const encoded = Buffer.alloc(32, 9).toString('base64');
    expect(parseSecretKeys(` 1:${encoded}, 7:${encoded}\n`).get(7)).toEqual(new Uint8Array(32).fill(9));
  });

  it('names the entry at fault and shows no key', () => {
    expect(() => parseSecretKeys('hunter2')).toThrow('entry 1 is not <id 1-255>:<base64 of 32 bytes>');
  });
});
