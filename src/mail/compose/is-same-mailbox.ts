/** `local+tag@domain` as `local@domain`, lower-cased. */
function withoutTag(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(0, at));
  const plus = local.indexOf('+');
  return ((plus > 0 ? local.slice(0, plus) : local) + address.slice(at)).toLowerCase();
}

/** True when both addresses end in the same mailbox: case and a `+tag` (RFC 5233) do not count. */
export function isSameMailbox(a: string, b: string): boolean {
  return withoutTag(a) === withoutTag(b);
}
