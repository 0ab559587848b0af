import type { Batch } from '../../../schemas/batch.ts';
import { useAction } from '../api/use-action.ts';
import { Button } from './button.tsx';
import { ConfirmButton } from './confirm-button.tsx';

/** Pause, resume and cancel of an import. A pull has none: its account is paused instead. */
export function BatchControls({ batch }: { readonly batch: Batch }) {
  const action = useAction();
  if (batch.kind === 'pull' || (batch.state !== 'running' && batch.state !== 'paused')) return null;
  const run = (verb: string, done: string) =>
    action.mutate({ path: `/api/batches/${encodeURIComponent(batch.id)}/${verb}`, done });
  return (
    <div className="row">
      {batch.state === 'running' ? (
        <Button icon="pause" disabled={action.isPending} onClick={() => run('pause', 'The batch pauses')}>
          Pause
        </Button>
      ) : (
        <Button icon="play" disabled={action.isPending} onClick={() => run('resume', 'The batch goes on')}>
          Resume
        </Button>
      )}
      <ConfirmButton
        icon="stop"
        disabled={action.isPending}
        title="Cancel this batch?"
        consequence="Nothing new is started. What runs already is finished, and what was imported stays. A cancelled batch cannot be resumed; importing again skips what is there."
        confirmLabel="Cancel the batch"
        onConfirm={() => run('cancel', 'The batch is being cancelled')}
      >
        Cancel
      </ConfirmButton>
    </div>
  );
}
