import { Command } from 'commander';
import { cancelBatch } from '../../api/operations/cancel-batch.ts';
import { pauseBatch } from '../../api/operations/pause-batch.ts';
import { resumeBatch } from '../../api/operations/resume-batch.ts';
import { answer, wantsJson, withContext } from './command-context.ts';

const VERBS = [
  { verb: 'pause', done: 'is asked to pause', description: 'start no more of its messages', run: pauseBatch },
  { verb: 'resume', done: 'goes on', description: 'go on with a paused import', run: resumeBatch },
  {
    verb: 'cancel',
    done: 'is asked to end',
    description: 'end an import; what it started ends by itself',
    run: cancelBatch,
  },
] as const;

export function createBatchCommand(): Command {
  const batch = new Command('batch').description('control an import; `status` lists them');
  for (const { verb, done, description, run } of VERBS) {
    batch
      .command(verb)
      .description(description)
      .argument('<id>', 'batch id')
      .action(async (id: string, _options: object, command: Command) => {
        await withContext(({ stores, controls }) => run({ ...stores, controls }, id));
        answer(wantsJson(command), { id, asked: verb }, () => `Batch ${id} ${done}.`);
      });
  }
  return batch;
}
