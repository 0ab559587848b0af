/** Field names whose values never reach a log: credentials, and what people wrote. */
const SECRET_FIELDS = [
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'password',
  'pass',
  'secret',
  'secretKeys',
  'apiKey',
  'api_key',
  'token',
  'accessToken',
  'refreshToken',
  'raw',
  'text',
  'visibleText',
  'html',
  'body',
  'subject',
] as const;

/** Paths for pino's `redact`: each secret field at the top and up to three levels down. */
export const REDACT_PATHS: readonly string[] = SECRET_FIELDS.flatMap((field) => {
  const key = /^\w+$/.test(field) ? `.${field}` : `["${field}"]`;
  return [key.replace(/^\./, ''), `*${key}`, `*.*${key}`, `*.*.*${key}`];
});

const SECRET_PARAMETER = /([?&;](?:password|pass|pwd|secret|token|access_token|api_?key|key)=)[^&;#\s]*/gi;

/**
 * A URL (or text that holds some) without its secrets: `postgres://u:***@host/db`, `?token=***`.
 * Works on what `new URL` refuses too, such as a password with a raw `/` or `@`.
 */
export function redactUrl(text: string): string {
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
