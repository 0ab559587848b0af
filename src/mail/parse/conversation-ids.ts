/** What ties a message to others (RFC 5322 3.6.4), angle brackets removed. */
export interface ConversationIds {
  readonly messageIdHeader: string | undefined;
  readonly inReplyTo: string | undefined;
  /** Oldest first, without doubles, at most 100: the root and the latest 99. */
  readonly references: readonly string[];
}

const MAX_REFERENCES = 100;
const MAX_ID_CHARS = 500;
const MAX_HEADER_CHARS = 128 * 1024;

/** Reads the three identification fields out of whatever stands in them: comments, phrases, broken brackets. */
export function parseConversationIds(
  messageId: string | undefined,
  inReplyTo: string | undefined,
  references: string | undefined,
): ConversationIds {
  const all = [...new Set(parseIds(references))];
  return {
    messageIdHeader: parseIds(messageId)[0],
    inReplyTo: parseIds(inReplyTo)[0],
    references: all.length <= MAX_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(1 - MAX_REFERENCES)],
  };
}

function parseIds(header: string | undefined): string[] {
  if (!header) return [];
  const text = header.slice(0, MAX_HEADER_CHARS);
  const ids: string[] = [];
  let open = text.indexOf('<');
  while (open >= 0) {
    const close = text.indexOf('>', open);
    if (close < 0) break;
    // `<broken <id@host>`: the innermost bracket is the one that counts.
    const inner = text.slice(text.lastIndexOf('<', close) + 1, close);
    const id = toId(inner);
    if (id) ids.push(id);
    open = text.indexOf('<', close);
  }
  return ids.length > 0 ? ids : parseBareIds(text);
}

// Some programs leave the brackets out; then only a token with an @ is an id.
function parseBareIds(text: string): string[] {
  const tokens = text.replace(/\([^()]{0,500}\)/g, ' ').split(/[\s,<>"]+/);
  return tokens.filter((token) => /[^@]@[^@]/.test(token) && token.length <= MAX_ID_CHARS).map(stripControls);
}

function toId(inner: string): string | undefined {
  const id = stripControls(inner);
  return id.length > 0 && id.length <= MAX_ID_CHARS ? id : undefined;
}

function stripControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an id goes into headers that we write
  return text.replace(/[\s\u0000-\u001f\u007f]|\p{Surrogate}/gu, '');
}
