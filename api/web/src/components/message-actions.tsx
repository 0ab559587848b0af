import { PRIORITIES } from '../../../../src/domain/priority.ts';
import type { MessageDetail } from '../../../schemas/message.ts';
import { useAction } from '../api/use-action.ts';
import { humanize } from '../format/humanize.ts';
import { isPriority } from '../format/is-priority.ts';
import { Button } from './button.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { ExternalLink } from './external-link.tsx';
import './field.css';

const LIVE: readonly string[] = ['parked', 'running', 'awaiting-approval'];
const RUNNABLE: readonly string[] = ['parked', 'running', 'quarantined', 'skipped', 'cancelled'];

/** The controls of a message, each shown only where the API takes it. */
export function MessageActions({ message }: { readonly message: MessageDetail }) {
  const { state, run, partnerSync } = message;
  const action = useAction();
  const path = `/api/messages/${encodeURIComponent(message.id)}`;
  const isLive = LIVE.includes(state);
  return (
    <div className="row">
      {RUNNABLE.includes(state) ? (
        <Button
          icon="retry"
          disabled={action.isPending}
          onClick={() => action.mutate({ path: `${path}/retry`, done: 'The message runs again' })}
        >
          {isLive ? 'Retry now' : 'Run again'}
        </Button>
      ) : null}
      {isLive || state === 'quarantined' ? (
        <Button
          icon="skip"
          disabled={action.isPending}
          onClick={() => action.mutate({ path: `${path}/skip`, done: 'The message is left as it is' })}
        >
          Skip
        </Button>
      ) : null}
      {isLive ? (
        <ConfirmButton
          icon="stop"
          disabled={action.isPending}
          title="Cancel this message?"
          consequence="Its run is stopped: nothing more is synced, and a draft is not sent. It can be run again later."
          confirmLabel="Cancel the message"
          onConfirm={() => action.mutate({ path: `${path}/cancel`, done: 'The run is being stopped' })}
        >
          Cancel
        </ConfirmButton>
      ) : null}
      <PrioritySelect message={message} path={path} />
      {run.workflowUrl === null ? null : (
        <ExternalLink asButton href={run.workflowUrl}>
          Temporal
        </ExternalLink>
      )}
      {partnerSync === null ? null : (
        <ExternalLink asButton href={partnerSync.url}>
          Odoo
        </ExternalLink>
      )}
    </div>
  );
}

function PrioritySelect({ message, path }: { readonly message: MessageDetail; readonly path: string }) {
  const action = useAction();
  const choose = (value: string) => {
    if (!isPriority(value)) return;
    const done = `The priority is ${humanize(value)} now`;
    action.mutate({ method: 'PUT', path: `${path}/priority`, body: { priority: value }, done });
  };
  return (
    <select
      className="field"
      aria-label="Priority"
      disabled={action.isPending}
      value={message.priority ?? ''}
      onChange={(event) => choose(event.target.value)}
    >
      {message.priority === null ? <option value="">Priority: not set</option> : null}
      {PRIORITIES.map((priority) => (
        <option key={priority} value={priority}>
          {humanize(priority)} priority
        </option>
      ))}
    </select>
  );
}
