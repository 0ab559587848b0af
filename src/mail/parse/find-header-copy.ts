import { HEADER_ROLES, type HeaderRole } from './quote-words.ts';

const MAX_LINES = 12;
const MAX_LABEL_CHARS = 24;

/**
 * True when a copied header (`From: … Sent: … To: … Subject: …`) starts at line `index`: who, when, and to whom or
 * what about. A contact form says no date, so it is not taken for one.
 */
export function isHeaderCopy(lines: readonly string[], index: number): boolean {
  if (roleOf(lines[index]) === undefined) return false;
  const roles = new Set<HeaderRole>();
  for (let i = index; i < index + MAX_LINES; i++) {
    const line = lines[i];
    if (line === undefined || (line.trim() === '' && roles.size > 1)) break;
    const role = roleOf(line);
    if (role) roles.add(role);
  }
  return roles.has('from') && roles.has('date') && (roles.has('to') || roles.has('subject'));
}

function roleOf(line: string | undefined): HeaderRole | undefined {
  if (line === undefined) return undefined;
  const head = line.slice(0, 60).replaceAll('：', ':');
  const colon = head.indexOf(':');
  if (colon < 1) return undefined;
  const label = head
    .slice(0, colon)
    .replace(/[*_\s\u00a0]+/g, ' ')
    .trim();
  return label.length > MAX_LABEL_CHARS ? undefined : HEADER_ROLES.get(label.toLowerCase());
}
