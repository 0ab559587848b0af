import { HEADER_ROLES, type HeaderRole } from './header-labels.ts';

const MAX_LINES = 14;
const MAX_LABEL_CHARS = 24;
const MAX_VALUE_CHARS = 500;

/** Finds copied headers in one text. */
export interface HeaderCopyFinder {
  /**
   * True when a copied header (`From: … Sent: … To: … Subject: …`) starts at line `index`: who, when, and to whom or
   * what about. A contact form says no date, so it is not taken for one.
   */
  startsAt(index: number): boolean;
  /** The copied header at line `index`; `lenient` where a forward announces it: then who is enough. */
  readAt(index: number, lenient: boolean): ReadonlyMap<HeaderRole, string> | undefined;
}

interface Field {
  readonly role: HeaderRole;
  readonly value: string;
}

/** Reads each line once, however many headers it may be a part of: linear in `lines`. */
export function createHeaderCopyFinder(lines: readonly string[]): HeaderCopyFinder {
  const known: (Field | null | undefined)[] = [];
  const fieldAt = (index: number): Field | undefined => {
    let field = known[index];
    if (field === undefined) {
      field = toField(lines[index]) ?? null;
      known[index] = field;
    }
    return field ?? undefined;
  };
  const readAt = (index: number, lenient: boolean): ReadonlyMap<HeaderRole, string> | undefined =>
    fieldAt(index) === undefined ? undefined : readFields(lines, fieldAt, index, lenient);
  return { startsAt: (index) => readAt(index, false) !== undefined, readAt };
}

function readFields(
  lines: readonly string[],
  fieldAt: (index: number) => Field | undefined,
  index: number,
  lenient: boolean,
): ReadonlyMap<HeaderRole, string> | undefined {
  const roles = new Map<HeaderRole, string>();
  let latest: HeaderRole | undefined;
  for (let i = index; i < index + MAX_LINES; i++) {
    const line = lines[i];
    if (line === undefined || (roles.size > 1 && line.trim() === '')) break;
    const field = fieldAt(i);
    if (field && !roles.has(field.role)) roles.set(field.role, field.value);
    // Apple Mail and Samsung put the value, or `<address>`, on the line below.
    else if (!field && latest !== undefined && line.trim() !== '') {
      const sofar = roles.get(latest) ?? '';
      if (sofar === '' || /^\s{0,8}[<[]/.test(line)) {
        roles.set(latest, `${sofar} ${line.slice(0, MAX_VALUE_CHARS).trim()}`.trim());
      }
    }
    latest = field?.role ?? latest;
  }
  if (!roles.has('from')) return undefined;
  const when = roles.has('date');
  return (when && (roles.has('to') || roles.has('subject'))) || lenient ? roles : undefined;
}

function toField(line: string | undefined): Field | undefined {
  if (line === undefined) return undefined;
  const head = line.slice(0, 60).replaceAll('：', ':');
  const colon = head.indexOf(':');
  if (colon < 1) return undefined;
  const label = head
    .slice(0, colon)
    .replace(/[*_\s\u00a0]+/g, ' ')
    .trim();
  if (label.length > MAX_LABEL_CHARS) return undefined;
  const role = HEADER_ROLES.get(label.toLowerCase());
  return (
    role && {
      role,
      value: line
        .slice(colon + 1, MAX_VALUE_CHARS)
        .replace(/^[*_\s]+/, '')
        .trim(),
    }
  );
}
