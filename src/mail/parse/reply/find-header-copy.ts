import { HEADER_ROLES, type HeaderRole } from './header-labels.ts';

const MAX_LINES = 14;
const MAX_LABEL_CHARS = 24;

/**
 * True when a copied header (`From: … Sent: … To: … Subject: …`) starts at line `index`: who, when, and to whom or
 * what about. A contact form says no date, so it is not taken for one.
 */
export function isHeaderCopy(lines: readonly string[], index: number): boolean {
  return readHeaderCopy(lines, index, false) !== undefined;
}

/** The copied header at line `index`; `lenient` where a forward announces it: then who is enough. */
export function readHeaderCopy(
  lines: readonly string[],
  index: number,
  lenient: boolean,
): ReadonlyMap<HeaderRole, string> | undefined {
  if (toField(lines[index]) === undefined) return undefined;
  const roles = new Map<HeaderRole, string>();
  let latest: HeaderRole | undefined;
  for (let i = index; i < index + MAX_LINES; i++) {
    const line = lines[i];
    if (line === undefined || (line.trim() === '' && roles.size > 1)) break;
    const field = toField(line);
    if (field && !roles.has(field.role)) roles.set(field.role, field.value);
    // Apple Mail and Samsung put the value, or `<address>`, on the line below.
    else if (!field && latest !== undefined && line.trim() !== '') {
      const sofar = roles.get(latest) ?? '';
      if (sofar === '' || /^\s{0,8}[<[]/.test(line)) roles.set(latest, `${sofar} ${line.trim()}`.trim());
    }
    latest = field?.role ?? latest;
  }
  if (!roles.has('from')) return undefined;
  const when = roles.has('date');
  return (when && (roles.has('to') || roles.has('subject'))) || lenient ? roles : undefined;
}

function toField(
  line: string | undefined,
): { readonly role: HeaderRole; readonly value: string } | undefined {
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
        .slice(colon + 1, 500)
        .replace(/^[*_\s]+/, '')
        .trim(),
    }
  );
}
