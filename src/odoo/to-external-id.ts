import { createHash } from 'node:crypto';

const SAFE = /^[A-Za-z0-9_-]{1,80}$/;

/**
 * An Odoo external id `mailroom.<kind>_<key>`. Odoo splits at the first dot and forbids blanks, so any other key, or
 * one with something personal in it, stands as its SHA-256.
 */
export function toExternalId(kind: 'message' | 'partner', key: string): string {
  const name = SAFE.test(key) ? key : createHash('sha256').update(key).digest('hex');
  return `mailroom.${kind}_${name}`;
}
