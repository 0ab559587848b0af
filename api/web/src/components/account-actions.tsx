import { useMutation } from '@tanstack/react-query';
import type { Account } from '../../../schemas/account.ts';
import { request } from '../api/request.ts';
import { useAccountTest } from '../api/use-account-test.ts';
import { useAction } from '../api/use-action.ts';
import { AccountSettings } from './account-settings.tsx';
import { Button } from './button.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { ExternalLink } from './external-link.tsx';
import { Notice } from './notice.tsx';
import { RemoveAccount } from './remove-account.tsx';

/** Pull, test, sign in, pause or resume, change, remove. */
export function AccountActions({ account }: { readonly account: Account }) {
  const action = useAction();
  const test = useAccountTest(account.id);
  const { id, kind, files, name, mode, state, oauth } = account;
  const path = `/api/accounts/${encodeURIComponent(id)}`;
  const run = (verb: string, done: string) => action.mutate({ path: `${path}/${verb}`, done });
  const hasMailbox = kind !== 'files' || files !== null;
  const isBusy = action.isPending;
  return (
    <div className="stack">
      <span className="row">
        {hasMailbox && mode !== 'auto' && state === 'active' ? (
          <Button icon="pull" disabled={isBusy} onClick={() => run('pull', `${name} is being pulled`)}>
            Pull now
          </Button>
        ) : null}
        {hasMailbox ? (
          <Button look="quiet" icon="check" disabled={test.isPending} onClick={() => test.mutate()}>
            {test.isPending ? 'Opening it' : 'Test'}
          </Button>
        ) : null}
        {oauth?.grant === 'user' ? <SignIn path={path} /> : null}
        {state === 'active' ? (
          <Button
            look="quiet"
            icon="pause"
            disabled={isBusy}
            onClick={() => run('pause', `${name} is paused`)}
          >
            Pause
          </Button>
        ) : (
          <Button icon="play" disabled={isBusy} onClick={() => run('resume', `${name} is read again`)}>
            Resume
          </Button>
        )}
        <AccountSettings account={account} />
        <RemoveAccount account={account} />
      </span>
      {test.error === null ? null : <ErrorNotice error={test.error} />}
      {test.data === undefined ? null : <TestResult result={test.data} />}
    </div>
  );
}

function TestResult({ result }: { readonly result: NonNullable<ReturnType<typeof useAccountTest>['data']> }) {
  return result.ok ? (
    <Notice title="The mailbox opens">
      {result.lines.map((line) => (
        <p key={line} className="account-found">
          {line}
        </p>
      ))}
    </Notice>
  ) : (
    <Notice tone="bad" title={result.fault ?? 'The mailbox does not open'}>
      {result.fix === null ? null : <p>{result.fix}</p>}
    </Notice>
  );
}

/** The address is good for some minutes, so it is asked for when somebody wants it. */
function SignIn({ path }: { readonly path: string }) {
  const start = useMutation({
    mutationFn: () => request<{ authorizationUrl: string }>(`${path}/oauth/start`, { method: 'POST' }),
  });
  if (start.data !== undefined) {
    return (
      <ExternalLink href={start.data.authorizationUrl} asButton>
        Go to the provider
      </ExternalLink>
    );
  }
  return (
    <>
      <Button look="quiet" icon="key" disabled={start.isPending} onClick={() => start.mutate()}>
        Sign in
      </Button>
      {start.error === null ? null : <ErrorNotice error={start.error} />}
    </>
  );
}
