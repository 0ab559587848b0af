import { join } from 'node:path';
import { followBatch, startImport, toFilesAccount } from '../../src/cli/import-mail.ts';
import type { Context } from '../../src/open-context.ts';
import { startWorker } from '../../src/start-worker.ts';
import { writeMailFolder } from '../support/write-mail-folder.ts';
import { type BenchOptions, describeMachine, say } from './bench-options.ts';
import { withMailroom } from './with-mailroom.ts';

/** How much faster a message that is known is done with than one seen for the first time, same folder, same path. */
export async function benchDuplicates(options: BenchOptions): Promise<object> {
  return withMailroom(async (context, folder) => {
    const mail = join(folder, 'mail');
    await writeMailFolder(mail, options.n, options.seed);
    const worker = await startWorker({ ...context, pauseSchedule: context.schedules.pause });
    await importOnce(context, join(folder, 'mail'), 'warm-up');
    const first = await importOnce(context, mail, 'bench');
    const again = [];
    for (let round = 0; round < 3; round += 1) again.push(await importOnce(context, mail, 'bench'));
    await worker.stop();
    const duplicateSeconds = again.map(({ seconds }) => seconds).sort((a, b) => a - b)[1] ?? Number.NaN;
    return {
      ...describeMachine(options),
      ratio: round(first.seconds / duplicateSeconds),
      firstSeconds: round(first.seconds),
      duplicateSeconds: round(duplicateSeconds),
      firstPerSecond: round(options.n / first.seconds),
      duplicatesPerSecond: round(options.n / duplicateSeconds),
      accepted: first.accepted,
      duplicates: again[0]?.duplicates,
    };
  });
}

async function importOnce(context: Context, path: string, accountId: string) {
  const startedAt = performance.now();
  const batchId = await startImport(context, {
    account: toFilesAccount(accountId, ''),
    origin: { kind: 'path', path },
  });
  await context.client.workflow.getHandle(`import/${batchId}`).result();
  const seconds = (performance.now() - startedAt) / 1000;
  const { totals } = await followBatch(context, batchId, () => undefined);
  say(
    `${accountId}: ${totals.messages} messages, ${totals.duplicates} duplicates in ${seconds.toFixed(2)} s`,
  );
  return { seconds, ...totals };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
