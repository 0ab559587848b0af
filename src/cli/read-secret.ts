import { readFile } from 'node:fs/promises';
import { ServiceError } from '../domain/service-error.ts';

const FIX = 'Put it into a file and name it with --password-file, or set MAILROOM_ACCOUNT_PASSWORD.';

/** A password never stands on the command line, where every user of the machine could read it. */
export async function readSecret(path: string | undefined): Promise<string> {
  const secret = path === undefined ? process.env.MAILROOM_ACCOUNT_PASSWORD : await readSecretFile(path);
  if (secret !== undefined && secret !== '') return secret;
  const what = path === undefined ? 'The password is missing' : `The password file ${path} is empty`;
  throw new ServiceError('InvalidInput', what, { fix: FIX });
}

/** As `readSecret`, where none is needed; undefined: nobody gave one. */
export async function findSecret(path: string | undefined): Promise<string | undefined> {
  const isGiven = path !== undefined || (process.env.MAILROOM_ACCOUNT_PASSWORD ?? '') !== '';
  return isGiven ? readSecret(path) : undefined;
}

async function readSecretFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ServiceError('InvalidInput', `The password file ${path} cannot be read`, { fix: FIX, cause });
  });
  return text.replace(/\r?\n$/, '');
}
