export interface RpcConfig {
  /** Where Odoo answers, `http` or `https`; a path prefix is kept. */
  readonly url: string;
  readonly database: string;
  readonly username: string;
  /** A password, or an API key of that user (JSON-2 takes only keys). */
  readonly secret: string;
  /** For one call. */
  readonly timeoutMs: number;
}

/** Our answers are ids: one larger than this is not for us. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
