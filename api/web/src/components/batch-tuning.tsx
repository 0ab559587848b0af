import type { FormEvent, ReactNode } from 'react';
import { PRIORITIES } from '../../../../src/domain/priority.ts';
import type { Batch } from '../../../schemas/batch.ts';
import { useAction } from '../api/use-action.ts';
import { useBatch } from '../api/use-batch.ts';
import { formatNumber } from '../format/format-number.ts';
import { humanize } from '../format/humanize.ts';
import './batch-tuning.css';
import { Button } from './button.tsx';
import './field.css';

/** How many at once and how soon, of an import that is under way, and what its run says of itself. */
export function BatchTuning({ batch }: { readonly batch: Batch }) {
  const isOpen = batch.kind === 'import' && (batch.state === 'running' || batch.state === 'paused');
  const { data } = useBatch(batch.id, isOpen);
  if (!isOpen) return null;
  const live = data?.live;
  return (
    <TuningForm key={`${batch.maxConcurrentOperations} ${batch.priority}`} batch={batch}>
      <span className="faint">
        {live
          ? `${formatNumber(live.inFlight)} in flight, ${formatNumber(live.pending)} read and waiting`
          : data?.liveProblem}
      </span>
    </TuningForm>
  );
}

function TuningForm({ batch, children }: { readonly batch: Batch; readonly children: ReactNode }) {
  const action = useAction();
  const tune = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const priority = form.get('priority');
    action.mutate({
      path: `/api/batches/${encodeURIComponent(batch.id)}/tune`,
      body: {
        maxConcurrentOperations: Number(form.get('concurrency')),
        ...(priority === '' ? {} : { priority }),
      },
      done: 'The batch is tuned',
    });
  };
  return (
    <form className="tuning" onSubmit={tune}>
      <label>
        At once
        <input
          className="field"
          name="concurrency"
          type="number"
          min={1}
          max={500}
          required
          defaultValue={batch.maxConcurrentOperations}
        />
      </label>
      <label>
        Priority
        <select className="field" name="priority" defaultValue={batch.priority ?? ''}>
          {batch.priority === null ? <option value="">Backfill (after all live mail)</option> : null}
          {PRIORITIES.map((priority) => (
            <option key={priority} value={priority}>
              {humanize(priority)}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit" disabled={action.isPending}>
        Apply
      </Button>
      {children}
    </form>
  );
}
