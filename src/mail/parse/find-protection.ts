import type { Protection } from '../../domain/message.ts';
import type { MimePart } from './mime-part.ts';

const PKCS7 = /^application\/(?:x-)?pkcs7-mime$/;
const PKCS7_SIGNATURE = /^application\/(?:x-)?pkcs7-signature$/;
const ARMOR = /^-----BEGIN PGP (SIGNED )?MESSAGE-----\s*$/m;

/** What one part says of itself (RFC 8551 3, RFC 3156 4 and 5); undefined for most. */
export function findProtection({ contentType }: MimePart): Protection | undefined {
  const { value, params } = contentType;
  const protocol = params.get('protocol')?.toLowerCase() ?? '';
  if (value === 'multipart/signed') {
    return protocol === 'application/pgp-signature' ? 'pgp-signed' : 'smime-signed';
  }
  if (value === 'multipart/encrypted') return 'pgp-encrypted';
  if (!PKCS7.test(value)) return PKCS7_SIGNATURE.test(value) ? 'smime-signed' : undefined;
  const kind = params.get('smime-type')?.toLowerCase() ?? '';
  const name = params.get('name')?.toLowerCase() ?? '';
  return kind === 'signed-data' || (kind === '' && name.endsWith('.p7s'))
    ? 'smime-signed'
    : 'smime-encrypted';
}

/** Of PGP within a text (RFC 9580 6.2). */
export function findArmor(text: string): Protection | undefined {
  const match = ARMOR.exec(text);
  if (!match) return undefined;
  return match[1] === undefined ? 'pgp-encrypted' : 'pgp-signed';
}
