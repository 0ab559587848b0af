import { expect, test } from 'vitest';
import { openDrillRoom } from '../drill/ingest/open-drill-room.ts';
import { runChaos } from '../drill/ingest/run-chaos.ts';
import { describeUnless } from '../support/describe-unless.ts';
import { findDovecot } from '../support/dovecot/find-dovecot.ts';
import { getInstalled } from '../support/get-installed.ts';

const found = findDovecot();

describeUnless('skipped' in found ? found.skipped : undefined, 'mail of every provider', () => {
  test('is here once and accounted for after kills, cuts, expired positions and lost notifications', {
    timeout: 900_000,
  }, async () => {
    const say = (line: string) => console.error(line);
    const room = await openDrillRoom({ say, installed: await getInstalled(), durable: true });
    try {
      const results = await runChaos(room, { n: 180, seed: 20_261_121, faults: 20 });
      expect(results).toMatchObject({
        lost: 0,
        duplicated: 0,
        startedAgain: 0,
        unaccounted: 0,
        healed: 0,
        processed: 180,
      });
      expect(results.faults).toBeGreaterThanOrEqual(20);
    } finally {
      await room.stop();
    }
  });
});
