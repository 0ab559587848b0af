import { ServiceError } from '../../domain/service-error.ts';

const BASE64 = /^[A-Za-z0-9+/_\-\s]*={0,2}\s*$/;

/** Base64 or base64url to bytes. Throws InvalidInput, for Buffer.from would drop what does not fit in silence. */
export function decodeBase64(text: string, field: string): Buffer {
  if (!BASE64.test(text)) throw new ServiceError('InvalidInput', `\`${field}\` is not base64.`);
  return Buffer.from(text, 'base64');
}
