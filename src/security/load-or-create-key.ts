import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ServiceError } from '../domain/service-error.ts';
import { parseSecretKeys, type SecretKeys } from './parse-secret-keys.ts';

/** Undefined when there is no file yet. */
async function readKeys(path: string): Promise<SecretKeys | undefined> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) {
      throw new ServiceError('InvalidInput', `${path} can be read by others`, { fix: `chmod 600 ${path}` });
    }
    return parseSecretKeys(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes aside, then links: the file appears whole, and of two processes that race one wins. */
async function createKeys(path: string): Promise<void> {
  const aside = `${path}.${randomBytes(8).toString('hex')}`;
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(`1:${randomBytes(32).toString('base64')}\n`);
    await file.sync();
    await link(aside, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await file.close();
    await rm(aside, { force: true });
  }
}

/**
 * The local key in `<home>/secret.key`, created 0600 on first use. For one machine; a deployment sets
 * MAILROOM_SECRET_KEYS. Without this file nothing that was sealed can be opened again.
 * @throws ServiceError InvalidInput when the file is malformed or readable by others.
 */
export async function loadOrCreateKey(home: string): Promise<SecretKeys> {
  const path = join(home, 'secret.key');
  const existing = await readKeys(path);
  if (existing) return existing;
  await mkdir(home, { recursive: true, mode: 0o700 });
  await createKeys(path);
  const created = await readKeys(path);
  if (!created) throw new ServiceError('Internal', `${path} vanished while it was created`);
  return created;
}
