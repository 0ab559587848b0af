import type { Database } from '../client.ts';
import { auditEntry } from '../schema/index.ts';
import { storableInstant, storableSize, storableText } from '../storable.ts';

/** As a mailbox lists it. */
export interface AuditedEntry {
  readonly providerKey: string;
  readonly label: string;
  readonly receivedAt: Date | undefined;
  /** Absent: its key is never dealt to another message. 0: not told. */
  readonly size?: number;
  readonly passed: boolean;
  readonly skipped: string | undefined;
}

/** A mailbox may name a message twice, for one that is in two of its folders under one id. */
export async function addEntries(
  db: Database,
  auditId: string,
  entries: readonly AuditedEntry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += 500) {
    const rows = entries.slice(from, from + 500).map((entry) => ({
      auditId,
      providerKey: storableText(entry.providerKey),
      label: storableText(entry.label),
      receivedAt: storableInstant(entry.receivedAt),
      size: storableSize(entry.size),
      passed: entry.passed,
      reason: entry.skipped ?? null,
    }));
    await db.insert(auditEntry).values(rows).onConflictDoNothing();
  }
}
