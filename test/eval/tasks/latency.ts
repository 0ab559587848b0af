import { randomBytes } from 'node:crypto';
import { decideLocally } from '../../../activities/decide-locally.ts';
import { countGrams } from '../../../src/analysis/learned/count-grams.ts';
import { createLearner } from '../../../src/analysis/learned/create-learner.ts';
import { createRecollection } from '../../../src/analysis/learned/create-recollection.ts';
import type { Learned } from '../../../src/analysis/learned/learned.ts';
import { trainModel } from '../../../src/analysis/learned/train-model.ts';
import { createLocalEngine } from '../../../src/analysis/local/create-local-engine.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import { createVeil } from '../../../src/create-veil.ts';
import { createViewReader } from '../../../src/create-view-reader.ts';
import { keepStaffForward } from '../../../src/domain/forwarded-from.ts';
import { toRawMessage } from '../../../src/mail/files/to-raw-message.ts';
import { createMailReader, type MailReader } from '../../../src/mail/reader/create-mail-reader.ts';
import { DEFAULT_READING } from '../../../src/mail/reader/default-reading.ts';
import { createSealer } from '../../../src/security/seal.ts';
import type { EvalTask } from '../eval-options.ts';
import { readRows } from '../read-rows.ts';

interface Ticket {
  readonly subject?: string | null;
  readonly body?: string | null;
  readonly text?: string;
  readonly priority_system?: string;
  readonly group?: string;
}

const MOST = 500;
const WARM_UP = 50;

const ACCOUNT = { id: 'eval', name: 'Support', address: 'support@company.example' };

/**
 * Milliseconds from the bytes of one e-mail to all that is known of it without a model: read, judged, classified,
 * prioritized and summarized by the functions of the activities, and hidden from a model. `--train` gives it a learned
 * model for the priority.
 */
export const task: EvalTask = {
  async run({ train, test }) {
    const learned = train === undefined ? undefined : await teach(train);
    const rows = (await readRows<Ticket>(test)).rows.slice(0, MOST + WARM_UP);
    const reader = createMailReader(DEFAULT_READING);
    const analyse = createAnalysis(reader, learned);
    const timings: Timing[] = [];
    const cpu = process.cpuUsage();
    for (const [index, row] of rows.entries()) {
      const raw = await toRawMessage({
        from: 'ana@customer.example',
        to: [ACCOUNT.address],
        subject: row.subject ?? '',
        text: row.body ?? row.text ?? '',
      });
      timings.push(await analyse(raw, String(index)));
    }
    const spent = process.cpuUsage(cpu);
    await reader.close();
    const own = timings.slice(WARM_UP);
    const wholes = own.map(({ read, decide, hide }) => read + decide + hide);
    const total = wholes.reduce((sum, ms) => sum + ms, 0);
    const p50Of = (step: keyof Timing) =>
      quantile(
        own.map((timing) => timing[step]),
        0.5,
      );
    return {
      rows: own.length,
      learned: learned !== undefined,
      p50: quantile(wholes, 0.5),
      p95: quantile(wholes, 0.95),
      perSecondPerCore: (1000 * own.length) / total,
      readP50: p50Of('read'),
      decideP50: p50Of('decide'),
      hideP50: p50Of('hide'),
      cpuMsPerEmail: (spent.user + spent.system) / 1000 / Math.max(1, rows.length),
    };
  },
};

/** Milliseconds of reading and judging, of deciding, and of finding personal data. */
interface Timing {
  readonly read: number;
  readonly decide: number;
  readonly hide: number;
}

function createAnalysis(
  reader: Pick<MailReader, 'read'>,
  learned: Learned | undefined,
): (raw: Uint8Array, id: string) => Promise<Timing> {
  const readView = createViewReader(reader, { authservIds: [], people: [] });
  const localEngine = createLocalEngine(loadTaxonomy());
  const deciders = { localEngine, recallLearned: () => Promise.resolve(learned) };
  const veil = createVeil(createSealer(new Map([[1, randomBytes(32)]])));
  return async (raw, id) => {
    const start = performance.now();
    const view = keepStaffForward(await readView(raw, ACCOUNT), ACCOUNT.address);
    const read = performance.now();
    const arrival = { receivedAt: new Date(), now: new Date() };
    const { written, reading } = await decideLocally(deciders, ACCOUNT.id, { view }, arrival);
    localEngine.assess(written, reading.classification);
    const decided = performance.now();
    veil.hide(id, written);
    return { read: read - start, decide: decided - read, hide: performance.now() - decided };
  };
}

async function teach(path: string): Promise<Learned> {
  const { rows } = await readRows<Ticket>(path);
  const labelled = rows.flatMap(({ subject, body, priority_system: label, group }, i) =>
    label === undefined
      ? []
      : [
          {
            grams: countGrams({ subject: subject ?? '', body: body ?? '' }),
            label,
            group: group ?? String(i),
          },
        ],
  );
  const learner = createLearner(trainModel(labelled).model);
  return { version: 'eval', fields: { priority: { learner, recollect: createRecollection([]) } } };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
