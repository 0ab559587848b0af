import { toProviderKey } from './to-provider-key.ts';

export interface MessagePlace {
  readonly folder: string;
  readonly uidValidity: string;
  readonly uid: number;
}

const KEY = /^([^;]{1,300});(\d{1,20});(\d{1,10})$/;

/**
 * The reverse of `toProviderKey`. A hash is looked for among `folders`, those of the account; undefined when it is
 * none of them, or no key of IMAP at all.
 */
export function parseProviderKey(key: string, folders: readonly string[]): MessagePlace | undefined {
  const [, name, uidValidity, digits] = KEY.exec(key) ?? [];
  if (name === undefined || uidValidity === undefined || digits === undefined) return undefined;
  const uid = Number(digits);
  const folder =
    folders.find((one) => toProviderKey(one, uidValidity, uid) === key) ??
    (name.startsWith('~') ? undefined : decode(name));
  // What does not come out as it went in was not made here: `%61`, `01`.
  if (folder === undefined || toProviderKey(folder, uidValidity, uid) !== key) return undefined;
  return { folder, uidValidity, uid };
}

function decode(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
