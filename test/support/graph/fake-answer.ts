/** What the fake answers to one request, by itself or within a batch. */
export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bytes?: Buffer;
}

/** As Graph words its errors. */
export function refuse(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): FakeAnswer {
  const date = new Date().toISOString().slice(0, 19);
  const innerError = { date, 'request-id': '00000000-0000-0000-0000-000000000000' };
  return { status, headers, json: { error: { code, message, innerError } } };
}

export interface FakeRequest {
  readonly method: string;
  /** Below the version, decoded part by part: `['users', 'a@b', 'mailFolders', 'inbox']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** `Prefer` headers, lower-case. */
  readonly prefer: string;
  readonly body: Record<string, unknown>;
}
