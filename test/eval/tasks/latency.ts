import { countGrams } from '../../../src/analysis/learned/count-grams.ts';
import { createLearner } from '../../../src/analysis/learned/create-learner.ts';
import { createRecollection } from '../../../src/analysis/learned/create-recollection.ts';
import type { Learned } from '../../../src/analysis/learned/learned.ts';
import { trainModel } from '../../../src/analysis/learned/train-model.ts';
import { createLocalEngine } from '../../../src/analysis/local/create-local-engine.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import { toRawMessage } from '../../../src/mail/files/to-raw-message.ts';
import { DEFAULT_READ_LIMITS } from '../../../src/mail/parse/read-limits.ts';
import { readMessage } from '../../../src/mail/parse/read-message.ts';
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

/** Milliseconds that the local engine takes for one e-mail; `--train` gives it a learned model for the priority. */
export const task: EvalTask = {
  async run({ train, test }) {
    const engine = createLocalEngine(loadTaxonomy());
    const learned = train === undefined ? undefined : await teach(train);
    const rows = (await readRows<Ticket>(test)).rows.slice(0, MOST + WARM_UP);
    const reading: number[] = [];
    const deciding: number[] = [];
    const cpu = process.cpuUsage();
    for (const row of rows) {
      const raw = await toRawMessage({
        from: 'ana@customer.example',
        to: ['support@company.example'],
        subject: row.subject ?? '',
        text: row.body ?? row.text ?? '',
      });
      const start = performance.now();
      const view = await readMessage(raw, DEFAULT_READ_LIMITS);
      const read = performance.now();
      const classification = engine.classify(view, learned);
      engine.prioritize(view, classification, learned);
      engine.summarize(view);
      reading.push(read - start);
      deciding.push(performance.now() - read);
    }
    const spent = process.cpuUsage(cpu);
    const own = deciding.slice(WARM_UP);
    const total = own.reduce((sum, ms) => sum + ms, 0);
    return {
      rows: own.length,
      learned: learned !== undefined,
      p50: quantile(own, 0.5),
      p95: quantile(own, 0.95),
      perSecondPerCore: (1000 * own.length) / total,
      readP50: quantile(reading.slice(WARM_UP), 0.5),
      cpuMsPerEmail: (spent.user + spent.system) / 1000 / Math.max(1, rows.length),
    };
  },
};

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
