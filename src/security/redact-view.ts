import { leftOutNote } from '../domain/left-out-note.ts';
import type { Address, MessageView, PiiSpan } from '../domain/message.ts';
import { createRedactor, type RedactedValues } from './redact-text.ts';

const MAX_NAMES = 60;
/** What a search that ends there may have seen half of: a street, a number in groups. */
const MARGIN = 200;

/**
 * A message as a stranger may see it: names, addresses and numbers are placeholders in its subject, texts, file names
 * and addresses. Names that its header gives are hidden wherever they are written. `findPii` finds all
 * in so many UTF-16 units as are `searched`: of a longer text nothing else is shown.
 */
export function redactView(
  view: MessageView,
  findPii: (text: string) => readonly PiiSpan[],
  searched: number,
): { view: MessageView; values: RedactedValues } {
  const redactor = createRedactor();
  const names = namesOf([view.from, ...view.replyTo, ...view.to, ...view.cc]);
  const hide = (text: string) => {
    const read = text.slice(0, searched);
    const spans = [...findPii(read), ...findNames(read, names)];
    if (read.length === text.length) return redactor.redact(text, spans);
    const end = endBefore(searched - MARGIN, spans);
    const shown = redactor.redact(
      text.slice(0, end),
      spans.filter((span) => span.end <= end),
    );
    return `${shown}\n${leftOutNote(text.length - end)}`;
  };
  const whole = (kind: PiiSpan['kind'], text: string) =>
    redactor.redact(text, [{ kind, start: 0, end: text.length }]);
  const address = (value: Address): Address => ({
    ...value,
    name: whole('person', value.name),
    address: whole('email', value.address),
  });
  const redacted: MessageView = {
    ...view,
    from: address(view.from),
    to: view.to.map(address),
    cc: view.cc.map(address),
    replyTo: view.replyTo.map(address),
    subject: hide(view.subject),
    text: hide(view.text),
    visibleText: hide(view.visibleText),
    html: undefined,
    attachments: view.attachments.map((file) => ({ ...file, filename: hide(file.filename) })),
    pii: [],
    warnings: [],
  };
  return { view: redacted, values: redactor.values };
}

/** The last place at or before `end` that lies within no span. */
function endBefore(end: number, spans: readonly PiiSpan[]): number {
  let place = end;
  for (const span of spans.toSorted((a, b) => b.end - a.end))
    if (span.start < place && span.end > place) place = span.start;
  return place;
}

/** Display names and their words, longest first. */
function namesOf(addresses: readonly Address[]): string[] {
  const names = addresses
    .slice(0, MAX_NAMES)
    .flatMap(({ name }) => [name.trim(), ...name.split(/[\s,.()<>"'/|]+/)])
    .filter((name) => name.length > 2 && /^\p{Lu}/u.test(name));
  return [...new Set(names)].sort((a, b) => b.length - a.length).slice(0, MAX_NAMES);
}

function findNames(text: string, names: readonly string[]): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const name of names) {
    for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + name.length)) {
      const end = start + name.length;
      const apart = !/[\p{L}\p{N}]/u.test(`${text[start - 1] ?? ''}${text[end] ?? ''}`);
      if (apart) spans.push({ kind: 'person', start, end });
    }
  }
  return spans;
}
