import { and, eq, inArray } from 'drizzle-orm';
import { auditEntry } from '../schema/index.ts';
import { storableText } from '../storable.ts';
import type { IntakePage, Transaction } from './intake-page.ts';

/** Of a page that heals: what its audit still lists as missing. Holds those rows, so that no switch comes between. */
export async function keepMissing(tx: Transaction, page: IntakePage): Promise<IntakePage> {
  const { auditId, items } = page;
  if (auditId === undefined || items.length === 0) return page;
  const keys = items.map(({ providerKey }) => storableText(providerKey));
  const rows = await tx
    .select({ providerKey: auditEntry.providerKey })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.auditId, auditId),
        eq(auditEntry.fate, 'missing'),
        inArray(auditEntry.providerKey, keys),
      ),
    )
    .orderBy(auditEntry.providerKey)
    .for('share');
  const wanted = new Set(rows.map(({ providerKey }) => providerKey));
  return { ...page, items: items.filter(({ providerKey }) => wanted.has(storableText(providerKey))) };
}
