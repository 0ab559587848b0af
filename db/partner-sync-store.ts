import { eq, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import { partnerSync } from './schema/index.ts';
import { translateFailures } from './translate-failures.ts';

export interface PartnerSyncRow {
  readonly messageId: string;
  readonly externalKey: string;
  readonly model: string;
  readonly partnerId: number;
  readonly partnerCreated: boolean;
  readonly recordId: number;
  readonly url: string;
}

export type PartnerSyncStore = ReturnType<typeof createPartnerSyncStore>;

/** What went to Odoo. */
export function createPartnerSyncStore(db: Database) {
  return translateFailures({
    async find(messageId: string): Promise<PartnerSyncRow | undefined> {
      const [row] = await db.select().from(partnerSync).where(eq(partnerSync.messageId, messageId));
      return row;
    },

    async save(value: PartnerSyncRow): Promise<void> {
      await db
        .insert(partnerSync)
        .values(value)
        .onConflictDoUpdate({ target: partnerSync.messageId, set: { ...value, syncedAt: sql`now()` } });
    },
  });
}
