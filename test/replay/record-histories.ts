import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { SEARCH_ATTRIBUTES } from '../../src/contract/search-attributes.ts';
import { createWorkers } from '../../src/create-workers.ts';
import { findTemporal } from '../../src/embedded/find-temporal.ts';
import { startTemporal } from '../../src/embedded/start-temporal.ts';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { loadTemporalConfig, type TemporalConfig } from '../../src/temporal-config.ts';
import { loadWorkflowBundle } from '../../src/workflow-bundle.ts';
import { createFakeActivities } from './fake-activities.ts';
import { toRecording } from './history-json.ts';
import { RECORDED_CASES } from './recorded-cases.ts';

const NAMESPACE = 'recorded';
/** Far below the server's own 4,096, so that a batch of a few messages continues as new. */
const EVENTS_IN_A_RUN = 70;

/**
 * Records test/histories anew: `npx tsx test/replay/record-histories.ts [NAME]…`, after a change of a workflow that
 * is meant to change what runs under way do. Runs on a Temporal server of its own, with fake activities.
 */
async function main(names: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mailroom-record-'));
  const say = (line: string) => console.error(line);
  const server = await startTemporal({
    executable: await findTemporal({ home: folder, say }),
    dataFile: join(folder, 'temporal.db'),
    port: 0,
    uiPort: 0,
    namespace: NAMESPACE,
    searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name }) => [name, 'Keyword'])),
    dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': EVENTS_IN_A_RUN },
    durable: false,
    say,
  });
  try {
    await record(server.address, folder, names.length === 0 ? Object.keys(RECORDED_CASES) : names);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function record(address: string, cacheFolder: string, names: readonly string[]): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace: NAMESPACE });
  const config = beatOften(loadTemporalConfig());
  const workers = await createWorkers({
    connection,
    namespace: NAMESPACE,
    config,
    workflowBundle: await loadWorkflowBundle({ policy: config.policy, cacheFolder }),
    activities: createFakeActivities(),
    queues: 'all',
  });
  const runs = workers.map((worker) => worker.run());
  for (const name of names) {
    const { workflowId, runId } = await findCase(name)(client);
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    await writeFile(join(PACKAGE_ROOT, 'test/histories', `${name}.json`), toRecording(history));
    console.log(`${name}: ${history.events?.length} events`);
  }
  for (const worker of workers) worker.shutdown();
  await Promise.all(runs);
  await connection.close();
}

function findCase(name: string) {
  const recorded = RECORDED_CASES[name];
  if (recorded !== undefined) return recorded;
  throw new Error(`There is no case ${name}. Choose from ${Object.keys(RECORDED_CASES).join(', ')}`);
}

/** A cancelled activity learns of it with a beat, and beats are sent no sooner than most of their timeout. */
function beatOften(config: TemporalConfig): TemporalConfig {
  const { activities } = config.policy;
  const syncPartner = { ...activities.syncPartner, heartbeatMs: 1_000 };
  return { ...config, policy: { ...config.policy, activities: { ...activities, syncPartner } } };
}

await main(process.argv.slice(2));
