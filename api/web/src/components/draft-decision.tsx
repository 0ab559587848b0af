import type { Draft } from '../../../schemas/draft.ts';
import { useAction } from '../api/use-action.ts';
import { Button } from './button.tsx';
import { ConfirmButton } from './confirm-button.tsx';

const BY = 'web';

/** Approve or reject. The hash names the text on the screen: one that was changed meanwhile is refused. */
export function DraftDecision({ draft }: { readonly draft: Draft }) {
  const action = useAction();
  const decide = (verdict: 'approve' | 'reject', done: string) =>
    action.mutate({
      path: `/api/drafts/${encodeURIComponent(draft.id)}/${verdict}`,
      body: { hash: draft.hash, by: BY },
      done,
    });
  return (
    <div className="draft-buttons" data-approve>
      <Button
        look="main"
        icon="check"
        disabled={action.isPending}
        onClick={() => decide('approve', 'Approved: the reply is being sent')}
      >
        Approve and send
      </Button>
      <ConfirmButton
        icon="close"
        disabled={action.isPending}
        title="Reject this draft?"
        consequence="Nothing is sent, and the message counts as done. There is no second draft."
        confirmLabel="Reject the draft"
        onConfirm={() => decide('reject', 'Rejected: nothing is sent')}
      >
        Reject
      </ConfirmButton>
    </div>
  );
}
