import { Context } from '@temporalio/activity';
import { createActivities } from '../../../activities/create-activities.ts';
import type { ActivityDependencies } from '../../../activities/dependencies.ts';
import { createActivityDependencies } from '../../../src/create-activity-dependencies.ts';
import { createWorkers } from '../../../src/create-workers.ts';
import { createMailReader } from '../../../src/mail/reader/create-mail-reader.ts';
import { DEFAULT_READING } from '../../../src/mail/reader/default-reading.ts';
import type { Sender } from '../../../src/mail/smtp/sender.ts';
import type { RunningWorker, WorkerParts } from '../../../src/start-worker.ts';
import { loadWorkflowBundle } from '../../../src/workflow-bundle.ts';
import type { ActivityCuts } from './create-activity-cuts.ts';

/** As `startWorker`, but its activities are cut and its mailboxes opened by the test. */
export async function startCutWorker(
  parts: WorkerParts,
  cuts: ActivityCuts,
  openAccount: ActivityDependencies['openAccount'],
): Promise<RunningWorker> {
  const { temporal, config } = parts;
  const mailReader = createMailReader(DEFAULT_READING);
  const bound = createActivityDependencies({ ...parts, mailReader });
  const deps = {
    ...bound,
    openAccount: async (account: Parameters<typeof openAccount>[0]) => openAccount(account),
    sender: bound.sender && cutSender(bound.sender, cuts),
  };
  const workers = await createWorkers({
    connection: parts.connection,
    namespace: parts.namespace,
    config: temporal,
    workflowBundle: await loadWorkflowBundle({ policy: temporal.policy, cacheFolder: parts.cacheFolder }),
    activities: cuts.wrap(createActivities(deps), deps.memory),
    queues: config.temporal.workerQueues,
  });
  const finished = Promise.all(workers.map((worker) => worker.run())).then(async () => {
    await mailReader.close();
    await bound.sender?.close();
  });
  return {
    finished,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await finished;
    },
  };
}

/** What it hands over arrives, and then it dies with the answer. */
function cutSender(sender: Sender, cuts: ActivityCuts): Sender {
  return {
    ...sender,
    async send(request) {
      const result = await sender.send(request);
      const { workflowId = '' } = Context.current().info.workflowExecution ?? {};
      if (cuts.find(workflowId) === 'sent') throw new Error('The worker died');
      return result;
    },
  };
}
