import { Presets, SingleBar } from 'cli-progress';
import type { BatchRow } from '../../db/batch-store.ts';

export interface Progress {
  update(batch: BatchRow): void;
  stop(): void;
}

const EVERY_MS = 2_000;

/** A bar on a terminal, a line every two seconds elsewhere; always on stderr. */
export function createProgress(): Progress {
  return process.stderr.isTTY ? createBar() : createLines();
}

function countDone({ totals }: BatchRow): number {
  return totals.messages - totals.running;
}

function countAll({ totals, expected, exhausted }: BatchRow): number {
  return exhausted ? totals.messages : Math.max(totals.messages, expected ?? 0);
}

/** The cursor stays visible: a command that is cut off could not bring it back. */
function createBar(): Progress {
  const format = '  {bar} {value}/{total}  {rate}/s  {duplicates} duplicates, {quarantined} quarantined';
  const bar = new SingleBar({ format, stream: process.stderr, barsize: 30 }, Presets.shades_classic);
  const startedAt = Date.now();
  bar.start(1, 0, { rate: '0', duplicates: 0, quarantined: 0 });
  return {
    update(batch) {
      const seconds = Math.max((Date.now() - startedAt) / 1000, 0.1);
      const { duplicates, quarantined } = batch.totals;
      bar.setTotal(Math.max(countAll(batch), 1));
      bar.update(countDone(batch), {
        rate: (countDone(batch) / seconds).toFixed(0),
        duplicates,
        quarantined,
      });
    },
    stop: () => bar.stop(),
  };
}

function createLines(): Progress {
  let next = Date.now() + EVERY_MS;
  return {
    update(batch) {
      if (Date.now() < next) return;
      next = Date.now() + EVERY_MS;
      process.stderr.write(`  ${countDone(batch)} of ${countAll(batch)} messages\n`);
    },
    stop: () => undefined,
  };
}
