import type { PiiKind, PiiSpan } from '../domain/message.ts';

/** What stands for what: `[PERSON_1]` to the text that it replaced. */
export type RedactedValues = ReadonlyMap<string, string>;

export interface Redactor {
  /** Replaces the spans; those that overlap are hidden as one. What already looks like a placeholder is hidden too. */
  redact(text: string, spans: readonly PiiSpan[]): string;
  readonly values: RedactedValues;
}

/** Of no use to hide: who they belong to is hidden, and a reader needs them to tell what is wanted and when. */
const SHOWN: ReadonlySet<PiiKind> = new Set<PiiKind>(['date', 'organization', 'title', 'url']);
export const PLACEHOLDER = /\[([A-Z]{2,12})_(\d{1,6})\]/g;

interface Hole {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Numbers values over all texts of one message: the same value gets the same placeholder. */
export function createRedactor(): Redactor {
  const values = new Map<string, string>();
  const known = new Map<string, string>();
  const counts = new Map<string, number>();

  const placeholderOf = (name: string, value: string): string => {
    const key = `${name} ${value}`;
    const given = known.get(key);
    if (given !== undefined) return given;
    const number = (counts.get(name) ?? 0) + 1;
    const placeholder = `[${name}_${number}]`;
    counts.set(name, number);
    known.set(key, placeholder);
    values.set(placeholder, value);
    return placeholder;
  };

  return {
    values,
    redact(text, spans) {
      let out = '';
      let last = 0;
      for (const { name, start, end } of toHoles(text, spans)) {
        out += text.slice(last, start) + placeholderOf(name, text.slice(start, end));
        last = end;
      }
      return out + text.slice(last);
    },
  };
}

/** One text by itself. */
export function redactText(
  text: string,
  spans: readonly PiiSpan[],
): { text: string; values: RedactedValues } {
  const redactor = createRedactor();
  return { text: redactor.redact(text, spans), values: redactor.values };
}

function toHoles(text: string, spans: readonly PiiSpan[]): Hole[] {
  const holes: Hole[] = spans
    .filter(({ kind, start, end }) => !SHOWN.has(kind) && start >= 0 && start < end && end <= text.length)
    .map(({ kind, start, end }) => ({ name: kind.toUpperCase(), start, end }));
  // A sender who writes `[PERSON_1]` must not have somebody's name put there.
  for (const { 0: value, index } of text.matchAll(PLACEHOLDER)) {
    holes.push({ name: 'TEXT', start: index, end: index + value.length });
  }
  holes.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Hole[] = [];
  for (const hole of holes) {
    const before = apart.at(-1);
    if (before === undefined || hole.start >= before.end) apart.push(hole);
    else if (hole.end > before.end) apart[apart.length - 1] = { ...before, end: hole.end };
  }
  return apart;
}
