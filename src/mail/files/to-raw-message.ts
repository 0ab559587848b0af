import { ServiceError } from '../../domain/service-error.ts';
import { composeStructuredMail } from './compose-structured-mail.ts';
import { decodeBase64 } from './decode-base64.ts';
import { parseStructuredMail } from './parse-structured-mail.ts';

/**
 * `{raw}`, `{rawBase64}` or the structured fields to RFC 5322 bytes. Throws InvalidInput with the field and the
 * reason; never anything about the content.
 */
export async function toRawMessage(value: unknown): Promise<Buffer> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ServiceError('InvalidInput', 'It is not an object.');
  }
  const fields = new Map<string, unknown>();
  for (const [key, entry] of Object.entries(value)) fields.set(key.replace(/[_-]/g, '').toLowerCase(), entry);
  const raw = fields.get('raw');
  if (typeof raw === 'string') return Buffer.from(raw, 'utf8');
  const rawBase64 = fields.get('rawbase64');
  if (typeof rawBase64 === 'string') return decodeBase64(rawBase64, 'rawBase64');
  if (isSet(raw) || isSet(rawBase64)) {
    throw new ServiceError('InvalidInput', '`raw` and `rawBase64` must be text.');
  }
  return composeStructuredMail(parseStructuredMail(fields));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
