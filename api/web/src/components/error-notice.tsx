import { toProblem } from '../api/to-problem.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** A problem with what to do about it. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const { title, detail, fix, requestId } = toProblem(error);
  return (
    <Notice tone="bad" title={title}>
      <p>{detail}</p>
      {fix === undefined ? null : <p className="soft">{fix}</p>}
      {requestId === undefined ? null : <p className="faint mono">{requestId}</p>}
      {onRetry === undefined ? null : (
        <Button icon="retry" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Notice>
  );
}
