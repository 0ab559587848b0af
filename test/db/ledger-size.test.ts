import { afterEach, beforeEach, expect, it } from 'vitest';
import { held } from './support/create-ledger.ts';
import { ACCOUNT, openStores, type TestStores } from './support/open-stores.ts';

let stores: TestStores;
beforeEach(async () => {
  stores = await openStores();
});
afterEach(() => stores.close());

it('an audit is as fast with the entries of the one before beside its own', async () => {
  const N = 10_000;
  await stores.sql.unsafe(`
    insert into batch (id, account_id, kind, label, max_concurrent_operations) values ('b', 'sales', 'pull', 'x', 0);
    insert into source (sha256, bytes, size) values ('s', '\\x00', 1);
    insert into message (id, account_id, provider_key, source_sha256, content_hash, batch_id, label, size, received_at)
    select n, 'sales', 'INBOX;1;' || n, 's', n, 'b', n, 9, '2026-03-01T10:00:00Z' from generate_series(1, ${N}) n`);
  const entries = Array.from({ length: N }, (_, n) => held(`INBOX;1;${n + 1}`, { size: 9 }));
  const spent: number[] = [];
  for (const id of ['first', 'second']) {
    await stores.audits.begin(ACCOUNT.id, id);
    await stores.audits.addEntries(id, entries);
    const begun = performance.now();
    expect(await stores.audits.compare(ACCOUNT.id, id)).toBe(0);
    spent.push(performance.now() - begun);
    await stores.audits.finish(ACCOUNT.id, id, { failure: undefined });
  }
  const [first = 0, second = 0] = spent;
  // Forty times as long, and six seconds, before the entries were found by their place.
  expect(second).toBeLessThan(Math.max(10 * first, 4_000));
});
