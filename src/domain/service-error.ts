import type { FailureType } from './failure.ts';

export interface ServiceErrorOptions {
  /** What the reader should do about it; shown after the message. */
  readonly fix?: string;
  /** When the other side said to come back, in milliseconds from now. */
  readonly retryAfterMs?: number;
  /** Small facts for logs and the quarantine row. Never bodies, addresses or secrets. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  readonly cause?: unknown;
}

/** The only error that adapters throw. `message` is a sentence for a person and holds no secret. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly type: FailureType;
  readonly fix: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(type: FailureType, message: string, options: ServiceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.type = type;
    this.fix = options.fix;
    this.retryAfterMs = options.retryAfterMs;
    this.details = options.details ?? {};
  }
}
