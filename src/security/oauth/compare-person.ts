import type { Account, GraphSettings, ImapSettings, OAuthSettings } from '../../domain/account.ts';
import { compareOwner } from '../../domain/compare-owner.ts';
import { isObject } from '../../domain/is-object.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { ServiceError } from '../../domain/service-error.ts';
import { toSignInFix } from './to-oauth-error.ts';

/** What a mailbox is known by to whoever signs in to it. */
type Known = Pick<Account, 'id' | 'address'> & {
  readonly oauth: Pick<OAuthSettings, 'provider'>;
  readonly imap?: Pick<ImapSettings, 'username'> | undefined;
  readonly graph?: Pick<GraphSettings, 'mailbox'> | undefined;
};

/**
 * Whether the account is of whoever signed in, where the provider says who that was. A mailbox at Google is that
 * person's own: surely another one is PermissionDenied. Elsewhere one person may read the mailbox of another: a note.
 */
export function comparePerson(account: Known, person: string | undefined): string | undefined {
  const { id, address, oauth, imap, graph } = account;
  const names = [address, imap?.username ?? ''].filter((name) => name.includes('@'));
  if (person === undefined || names.length === 0) return undefined;
  const owners = names.map((name) => compareOwner(name, person));
  if (owners.includes('same')) return undefined;
  const what = `Signed in as ${person}, and the account "${id}" is ${names[0]}.`;
  if (graph?.mailbox === 'me') return `${what} The mailbox of ${person} is read.`;
  if (oauth.provider !== 'google') return `${what} Its mailbox is read if ${person} may read it.`;
  if (owners.includes('unclear')) return `${what} Whether mail for it comes there cannot be told.`;
  throw new ServiceError('PermissionDenied', `${what} Nothing was stored: another mailbox would be read.`, {
    fix: `${toSignInFix(id)} Choose ${names[0]} there; if that is only another name of ${person}, give the account the address ${person}.`,
  });
}

/** Who signed in, out of the ID token (OpenID Connect Core 2), for a comparison and no proof: it came from the provider itself. */
export function findPerson(idToken: unknown): string | undefined {
  const [, payload = ''] = typeof idToken === 'string' ? idToken.split('.') : [];
  const { email, preferred_username: name } = parseClaims(payload);
  return [email, name].find((one): one is string => typeof one === 'string' && isAddress(one));
}

function isAddress(text: string): boolean {
  return text.length <= 320 && /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/.test(text);
}

function parseClaims(payload: string): Record<string, unknown> {
  const claims = parseJson(Buffer.from(payload, 'base64url').toString('utf8'));
  // Nobody relies on it: a provider that sends what is none tells nothing.
  return isObject(claims) ? claims : {};
}
