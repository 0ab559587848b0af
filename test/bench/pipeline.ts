import { join } from 'node:path';
import { WorkflowIdReusePolicy } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/create-activities.ts';
import { toFilesAccount } from '../../src/cli/import-mail.ts';
import { QUEUE_NAMES } from '../../src/contract/queues.ts';
import { ACCOUNT_ATTRIBUTE, STAGE_ATTRIBUTE } from '../../src/contract/search-attributes.ts';
import { createActivityDependencies } from '../../src/create-activity-dependencies.ts';
import { contentHash, messageKey, sourceHash } from '../../src/mail/identity.ts';
import { createMailReader } from '../../src/mail/reader/create-mail-reader.ts';
import { DEFAULT_READING } from '../../src/mail/reader/default-reading.ts';
import type { Context } from '../../src/open-context.ts';
import { loadWorkflowBundle } from '../../src/workflow-bundle.ts';
import { generateMail } from '../support/generate-mail.ts';
import { type BenchOptions, describeMachine, say } from './bench-options.ts';
import { withMailroom } from './with-mailroom.ts';

const ACCOUNT = 'bench';
const IN_FLIGHT = 50;
const BLOCKS = 6;
// A worker runs for weeks. Reading costs 2.8 ms a mail in its first 500, 1.2 ms after 2,000: V8 compiles meanwhile.
const WARM_UP = 2000;

interface Block {
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
  readonly steps: readonly number[];
  readonly transitions: number;
  readonly events: readonly number[];
  readonly bytes: readonly number[];
  readonly cpuSeconds: number;
}

/** The whole chain without network steps against empty workflows of the same shape, in alternating blocks. */
export async function benchPipeline(options: BenchOptions): Promise<object> {
  return withMailroom(async (context) => {
    const ids = await parkMail(context, options.n + WARM_UP, options.seed);
    const worker = await createBenchWorker(context);
    const running = worker.run();
    const chain: Block[] = [];
    const empty: Block[] = [];
    const warm = await runBlock(context, 'processMessage', ids.splice(0, WARM_UP), []);
    await runBlock(context, 'emptyShape', [], warm.steps);
    const size = Math.ceil(options.n / BLOCKS);
    for (let block = 0; ids.length > 0; block += 1) {
      const real = await runBlock(context, 'processMessage', ids.splice(0, size), []);
      const floor = await runBlock(context, 'emptyShape', [], real.steps);
      chain.push(real);
      empty.push(floor);
      say(`block ${block + 1}: ${rate(real).toFixed(1)}/s, empty ${rate(floor).toFixed(1)}/s`);
    }
    worker.shutdown();
    await running;
    return report(options, chain, empty);
  });
}

function report(options: BenchOptions, chain: readonly Block[], empty: readonly Block[]): object {
  const total = (blocks: readonly Block[], pick: (block: Block) => number) =>
    blocks.reduce((sum, b) => sum + pick(b), 0);
  const latencies = chain.flatMap((block) => block.latenciesMs);
  const n = total(chain, (block) => block.steps.length);
  const ratios = chain.map((block, index) => rate(block) / rate(empty[index] ?? block));
  return {
    ...describeMachine(options),
    ratio: round(total(empty, (b) => b.seconds) / total(chain, (b) => b.seconds)),
    ratioMedian: round(quantile(ratios, 0.5)),
    emailsPerSecond: round(n / total(chain, (b) => b.seconds)),
    floorPerSecond: round(n / total(empty, (b) => b.seconds)),
    stepsPerEmail: round(total(chain, (b) => b.steps.reduce((sum, s) => sum + s, 0)) / n),
    transitionsPerEmail: round(total(chain, (b) => b.transitions) / n),
    floorTransitions: round(total(empty, (b) => b.transitions) / n),
    cpuSecondsPerEmail: round(total(chain, (b) => b.cpuSeconds) / n, 5),
    floorCpuSeconds: round(total(empty, (b) => b.cpuSeconds) / n, 5),
    p50Ms: round(quantile(latencies, 0.5)),
    p95Ms: round(quantile(latencies, 0.95)),
    eventsP99: quantile(
      chain.flatMap((block) => block.events),
      0.99,
    ),
    historyBytesP99: quantile(
      chain.flatMap((block) => block.bytes),
      0.99,
    ),
  };
}

async function parkMail(context: Context, count: number, seed: number): Promise<string[]> {
  const { stores, sealer } = context;
  await stores.accounts.ensure(toFilesAccount(ACCOUNT, 'support@harborline.example'));
  const ids: string[] = [];
  for (let page = 0; ids.length < count; page += 1) {
    const size = Math.min(200, count - ids.length);
    const items = Array.from({ length: size }, (_, index) => {
      const raw = generateMail(seed, ids.length + index);
      const sha256 = sourceHash(raw);
      const providerKey = `sha256:${sha256}`;
      return {
        kind: 'new' as const,
        providerKey,
        label: 'bench',
        messageId: messageKey(ACCOUNT, providerKey),
        sha256,
        contentHash: contentHash(raw),
        sealed: sealer.seal(raw, `source/bytes/${sha256}`),
        size: raw.byteLength,
        receivedAt: new Date(),
      };
    });
    const page0 = {
      accountId: ACCOUNT,
      batchId: `bench-${page}`,
      kind: 'pull' as const,
      page: 0,
      label: 'bench',
    };
    const parked = await stores.intake.park({
      ...page0,
      items,
      readFrom: '',
      cursor: '',
      done: true,
      expected: count,
      windowHours: 24,
    });
    ids.push(...parked.messageIds);
  }
  return ids;
}

async function createBenchWorker(context: Context): Promise<Worker> {
  const { connection, namespace, temporal, cacheFolder } = context;
  const root = join(import.meta.dirname, '../..');
  const bundle = await loadWorkflowBundle({
    policy: temporal.policy,
    cacheFolder,
    codeRoot: root,
    workflowsPath: join(import.meta.dirname, 'workflows'),
  });
  const real = createActivities(
    createActivityDependencies({
      ...context,
      mailReader: createMailReader(DEFAULT_READING),
      pauseSchedule: context.schedules.pause,
    }),
  );
  // A draft is proposed and its run ends: the wait for a person is not part of the chain's speed.
  const draftReply = async (ref: Parameters<typeof real.main.draftReply>[0]) => {
    const facts = await real.main.draftReply(ref);
    return { ...facts, draftId: undefined };
  };
  const queue = temporal.taskQueues.main;
  return Worker.create({
    connection,
    namespace,
    taskQueue: QUEUE_NAMES.main,
    workflowBundle: bundle,
    activities: { ...real.main, draftReply, nothing: (step: number) => Promise.resolve({ step }) },
    maxConcurrentWorkflowTaskExecutions: queue.workflowTasks,
    maxConcurrentLocalActivityExecutions: queue.localActivities,
    maxCachedWorkflows: queue.cachedWorkflows,
    workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: queue.pollers },
  });
}

/** Runs one workflow for each id (or one empty one for each count of steps), at most 50 at a time. */
async function runBlock(
  context: Context,
  type: 'processMessage' | 'emptyShape',
  ids: readonly string[],
  shapes: readonly number[],
): Promise<Block> {
  const jobs =
    type === 'processMessage' ? ids.map((messageId) => ({ messageId })) : shapes.map((steps) => ({ steps }));
  const latenciesMs: number[] = [];
  const names: string[] = [];
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  let next = 0;
  async function lane(): Promise<void> {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (job === undefined) return;
      const workflowId =
        'messageId' in job ? `message/${ACCOUNT}/${job.messageId}` : `empty/${process.hrtime.bigint()}`;
      names.push(workflowId);
      const from = performance.now();
      await context.client.workflow.execute(type, {
        workflowId,
        taskQueue: QUEUE_NAMES.main,
        args: ['messageId' in job ? { accountId: ACCOUNT, messageId: job.messageId } : job.steps],
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        priority: { priorityKey: 3, fairnessKey: ACCOUNT },
        typedSearchAttributes: [
          { key: ACCOUNT_ATTRIBUTE, value: ACCOUNT },
          { key: STAGE_ATTRIBUTE, value: 'read' },
        ],
      });
      latenciesMs.push(performance.now() - from);
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const facts = await Promise.all(names.map((name) => describe(context, name)));
  return {
    seconds,
    latenciesMs,
    steps: facts.map((fact) => fact.markers),
    transitions: facts.reduce((sum, fact) => sum + fact.transitions, 0),
    events: facts.map((fact) => fact.events),
    bytes: facts.map((fact) => fact.bytes),
    cpuSeconds: (user + system) / 1e6,
  };
}

async function describe(context: Context, workflowId: string) {
  const handle = context.client.workflow.getHandle(workflowId);
  const [{ raw }, history] = await Promise.all([handle.describe(), handle.fetchHistory()]);
  return {
    transitions: Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0),
    events: Number(raw.workflowExecutionInfo?.historyLength ?? 0),
    bytes: Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0),
    markers: history.events?.filter((event) => event.markerRecordedEventAttributes != null).length ?? 0,
  };
}

function rate(block: Block): number {
  return block.steps.length / block.seconds;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function round(value: number, digits = 2): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
