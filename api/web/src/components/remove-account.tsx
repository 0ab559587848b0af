import { type FormEvent, useState } from 'react';
import type { Account } from '../../../schemas/account.ts';
import { useAction } from '../api/use-action.ts';
import { Button } from './button.tsx';
import { DialogButton } from './dialog-button.tsx';
import './dialog-form.css';
import './field.css';

/** Reads an account no more. Its mail stays, or goes too: that asks for the id once more. */
export function RemoveAccount({ account }: { readonly account: Account }) {
  const { name, state } = account;
  const isRemoved = state === 'removed';
  return (
    <DialogButton
      label={isRemoved ? 'Delete its mail' : 'Remove'}
      icon="bin"
      title={isRemoved ? `Delete the mail of ${name}?` : `Remove ${name}?`}
      className="dialog-form"
    >
      {(close) => <RemovalForm account={account} close={close} />}
    </DialogButton>
  );
}

function RemovalForm({ account, close }: { readonly account: Account; readonly close: () => void }) {
  const { id, name, state } = account;
  const [isWhole, setWhole] = useState(state === 'removed');
  const [typed, setTyped] = useState('');
  const action = useAction();
  const remove = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const query = isWhole ? `?${new URLSearchParams({ data: 'delete', confirm: typed })}` : '';
    const done = isWhole ? `${name} is read no more, its mail is being deleted` : `${name} is read no more`;
    action.mutate({ method: 'DELETE', path: `/api/accounts/${encodeURIComponent(id)}${query}`, done });
    close();
  };
  return (
    <form onSubmit={remove}>
      <p className="soft">It is read no more, and its password and sign-in are forgotten.</p>
      {state === 'removed' ? null : (
        <fieldset>
          <Choice
            label="Keep its mail: it stays readable here"
            isOn={!isWhole}
            onPick={() => setWhole(false)}
          />
          <Choice label="Delete all of its mail, for good" isOn={isWhole} onPick={() => setWhole(true)} />
        </fieldset>
      )}
      {isWhole ? (
        <label>
          <span>
            Type <code>{id}</code> to delete all that is stored of it
          </span>
          <input
            className="field"
            value={typed}
            autoComplete="off"
            required
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
      ) : null}
      <div className="dialog-buttons">
        <Button onClick={close}>Keep as it is</Button>
        <Button type="submit" look="danger" disabled={isWhole && typed !== id}>
          {isWhole ? 'Delete the account and its mail' : 'Remove the account'}
        </Button>
      </div>
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onPick: () => void;
}

function Choice({ label, isOn, onPick }: ChoiceProps) {
  return (
    <label className="dialog-choice">
      <input type="radio" name="data" checked={isOn} onChange={onPick} />
      <span>{label}</span>
    </label>
  );
}
