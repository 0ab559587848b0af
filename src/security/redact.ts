/** Names, lower-cased and without separators, of fields that never reach a log: credentials, and what people wrote. */
const SECRET_FIELDS = new Set([
  'authorization',
  'cookie',
  'setcookie',
  'password',
  'pass',
  'secret',
  'secretkeys',
  'clientsecret',
  'apikey',
  'xapikey',
  'token',
  'accesstoken',
  'refreshtoken',
  'raw',
  'text',
  'visibletext',
  'html',
  'body',
  'subject',
]);
const REDACTED = '[redacted]';
const MAX_DEPTH = 8;

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactUrl(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) {
    const { name: type, message, stack, cause } = value;
    const own: Record<string, unknown> = { type, message, stack };
    if (cause !== undefined) own.cause = cause;
    return redactFields(Object.assign(own, value), depth + 1);
  }
  return isPlain(value) ? redactFields(value as Record<string, unknown>, depth + 1) : value;
}

/**
 * A copy of log fields in which secret fields read `[redacted]`, at any depth and however they are spelled; errors
 * become plain objects, bytes their count, URLs lose their passwords. A walk costs a tenth of pino's wildcard paths.
 */
export function redactFields(fields: Readonly<Record<string, unknown>>, depth = 0): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const secret = SECRET_FIELDS.has(key.toLowerCase().replaceAll('-', '').replaceAll('_', ''));
    copy[key] = secret && value !== undefined ? REDACTED : redactValue(value, depth);
  }
  return copy;
}

const SECRET_PARAMETER = /([?&;](?:password|pass|pwd|secret|token|access_token|api_?key|key)=)[^&;#\s]*/gi;

/**
 * A URL (or text that holds some) without its secrets: `postgres://u:***@host/db`, `?token=***`.
 * Works on what `new URL` refuses too, such as a password with a raw `/` or `@`.
 */
export function redactUrl(text: string): string {
  if (!text.includes('://')) return text;
  return text
    .split(/(\s+)/)
    .map((word) => {
      const start = word.indexOf('://');
      const at = word.lastIndexOf('@');
      if (start < 0 || at < start) return word;
      const colon = word.indexOf(':', start + 3);
      return colon < 0 || colon > at ? word : `${word.slice(0, colon)}:***${word.slice(at)}`;
    })
    .join('')
    .replace(SECRET_PARAMETER, '$1***');
}
