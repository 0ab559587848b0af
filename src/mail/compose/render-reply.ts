export interface ReplyValues {
  /** Display name of the sender; untrusted. */
  readonly name: string;
  readonly subject: string;
  readonly summary: string;
}

const MAX_LENGTH: Readonly<Record<keyof ReplyValues, number>> = { name: 80, subject: 150, summary: 200 };

/** One line without control, bidi or invisible characters, cut at a whole character. */
function clean(value: string, max: number): string {
  const line = value
    .slice(0, 4 * max)
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}

/** A name that carries a link or an address would make us send a stranger's advertisement. */
function cleanName(name: string): string {
  const line = clean(name, MAX_LENGTH.name);
  return /:\/\/|www\.|[@<>{}]|\.\p{L}{2,}\//iu.test(line) ? '' : line;
}

/**
 * Fills `{name}`, `{subject}` and `{summary}` in one pass, so a value that looks like a placeholder stays text.
 * An empty value takes the space before its placeholder with it; other braces are left alone.
 */
export function renderReply(template: string, values: ReplyValues): string {
  const filled: ReplyValues = {
    name: cleanName(values.name),
    subject: clean(values.subject, MAX_LENGTH.subject),
    summary: clean(values.summary, MAX_LENGTH.summary),
  };
  return template.replace(
    /( ?)\{(name|subject|summary)\}/g,
    (_match, space: string, key: keyof ReplyValues) => (filled[key] === '' ? '' : space + filled[key]),
  );
}
