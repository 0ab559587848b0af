import type { AuditedEntry } from '../../../db/audit/add-entries.ts';
import type { IntakePage } from '../../../db/intake/intake-page.ts';
import { pullPage, readAndPark } from './intake-pages.ts';
import { ACCOUNT, type TestStores } from './open-stores.ts';

export type Ledger = ReturnType<typeof createLedger>;

/** As a mailbox lists it: read and passed by, unless told otherwise. */
export function listed(
  providerKey: string,
  facts: { passed?: boolean; skipped?: string } = {},
): AuditedEntry {
  return {
    providerKey,
    label: `label ${providerKey}`,
    receivedAt: new Date('2026-03-01T10:00:00Z'),
    passed: facts.passed ?? true,
    skipped: facts.skipped,
  };
}

export const THEN = new Date('2026-03-01T10:00:00Z');

/** As a mailbox whose keys may be dealt anew lists what `newItem` is made of. */
export function held(
  key: string,
  facts: { readonly content?: string; readonly at?: Date; readonly size?: number } = {},
): AuditedEntry {
  const { content = key, at = THEN, size = content.length } = facts;
  return { ...listed(key), receivedAt: at, size };
}

/** Pulls and audits of the account `sales`, step by step. */
export function createLedger({ audits, ...stores }: TestStores) {
  let pulls = 0;
  const compare = async (
    auditId: string,
    entries: readonly AuditedEntry[],
    isWhole = true,
    unlisted?: readonly string[],
  ) => {
    await audits.begin(ACCOUNT.id, auditId);
    await audits.addEntries(auditId, entries);
    return audits.compare(ACCOUNT.id, auditId, isWhole, unlisted);
  };
  const finish = (auditId: string) => audits.finish(ACCOUNT.id, auditId, { failure: undefined });
  return {
    /** Each call is a pull of its own. */
    park: (items: IntakePage['items'], facts: Partial<IntakePage> = {}) =>
      readAndPark({ ...stores, audits }, pullPage(items, { batchId: `ledger-${++pulls}`, ...facts })),
    /** Answers how many are missing. */
    compare,
    finish,
    async audit(auditId: string, entries: readonly AuditedEntry[], isWhole = true) {
      await compare(auditId, entries, isWhole);
      return finish(auditId);
    },
    async fatesOf(auditId: string) {
      const entries = await audits.listEntries(auditId, { limit: 100 });
      return Object.fromEntries(entries.map(({ providerKey, fate }) => [providerKey, fate]));
    },
  };
}
