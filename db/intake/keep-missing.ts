import { and, eq, inArray } from 'drizzle-orm';
import { auditEntry } from '../schema/index.ts';
import { storableText } from '../storable.ts';
import type { IntakePage, Transaction } from './intake-page.ts';

/**
 * Of a page that heals: what its audit still lists as missing, and which keys of it are in doubt. Holds those rows, so
 * that no switch comes between.
 */
export async function keepMissing(
  tx: Transaction,
  page: IntakePage,
): Promise<{ readonly wanted: IntakePage; readonly doubted: ReadonlySet<string> }> {
  const { auditId, items } = page;
  if (auditId === undefined || items.length === 0) return { wanted: page, doubted: new Set() };
  const keys = items.map(({ providerKey }) => storableText(providerKey));
  const rows = await tx
    .select({ providerKey: auditEntry.providerKey, doubted: auditEntry.doubted })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.auditId, auditId),
        eq(auditEntry.fate, 'missing'),
        inArray(auditEntry.providerKey, keys),
      ),
    )
    .orderBy(auditEntry.providerKey)
    .for('no key update');
  const missing = new Set(rows.map(({ providerKey }) => providerKey));
  const wanted = items.filter(({ providerKey }) => missing.has(storableText(providerKey)));
  return {
    wanted: { ...page, items: wanted },
    doubted: new Set(rows.flatMap((row) => (row.doubted === true ? [row.providerKey] : []))),
  };
}
