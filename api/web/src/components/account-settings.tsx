import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { INGEST_MODES } from '../../../../src/domain/account.ts';
import type { Account } from '../../../schemas/account.ts';
import { request } from '../api/request.ts';
import { toAccountChange } from '../api/to-account-change.ts';
import { toasts } from '../state/toasts.ts';
import { Field } from './account-fields.tsx';
import { AccountLimitFields } from './account-limit-fields.tsx';
import { Button } from './button.tsx';
import { DialogButton } from './dialog-button.tsx';
import './dialog-form.css';
import { ErrorNotice } from './error-notice.tsx';

const MODES: Record<Account['mode'], string> = {
  manual: 'On demand only',
  auto: 'By its schedule only',
  hybrid: 'By its schedule, and on demand',
};

/** All that may be changed of an account that goes on reading the same mailbox. */
export function AccountSettings({ account }: { readonly account: Account }) {
  return (
    <DialogButton
      label="Settings"
      icon="settings"
      title={`Settings of ${account.name}`}
      className="dialog-form dialog-wide"
    >
      {(close) => <SettingsForm account={account} close={close} />}
    </DialogButton>
  );
}

function SettingsForm({ account, close }: { readonly account: Account; readonly close: () => void }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      request<Account>(`/api/accounts/${encodeURIComponent(account.id)}`, { method: 'PATCH', body }),
    onSuccess: ({ name }) => {
      toasts.show({ tone: 'good', text: `${name} is changed` });
      close();
    },
    onSettled: () => client.invalidateQueries(),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = toAccountChange(account, new FormData(event.currentTarget));
    if (Object.keys(body).length === 0) close();
    else change.mutate(body);
  };
  return (
    <form onSubmit={submit}>
      <div className="dialog-fields">
        <Field label="Name" name="name" required value={account.name} />
        <label>
          <span>It is read</span>
          <select className="field" name="mode" defaultValue={account.mode}>
            {INGEST_MODES.map((mode) => (
              <option key={mode} value={mode}>
                {MODES[mode]}
              </option>
            ))}
          </select>
        </label>
        <Field
          label="Seconds between two pulls"
          name="every"
          type="number"
          min={30}
          max={86_400}
          required
          value={account.pullEverySeconds}
        />
        <Places account={account} />
      </div>
      <AccountLimitFields account={account} />
      <WriteBackFields account={account} />
      <fieldset>
        <Tick label="Be told of new mail by the provider too" name="push" isOn={account.push} />
        <Tick
          label="Models on the network may read names, addresses and numbers"
          name="modelSeesPii"
          isOn={account.modelSeesPii === true}
        />
      </fieldset>
      {change.error === null ? null : <ErrorNotice error={change.error} />}
      <div className="dialog-buttons">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" look="main" disabled={change.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}

function Places({ account: { imap, graph, gmail } }: { readonly account: Account }) {
  const places = gmail?.labels ?? imap?.folders ?? graph?.folders;
  if (places === undefined) return null;
  return (
    <label>
      <span>{gmail === null ? 'Folders' : 'Labels'}</span>
      <textarea className="field" name="places" rows={3} required defaultValue={places.join('\n')} />
      <span className="faint small">One a line; one that is new is read from the look-back on</span>
    </label>
  );
}

function WriteBackFields({ account: { kind, writeBack } }: { readonly account: Account }) {
  if (kind === 'files') return null;
  return (
    <fieldset>
      <legend>Once a message has ended, in its mailbox</legend>
      <Tick label="Mark it read" name="seen" isOn={writeBack?.seen === true} />
      <div className="dialog-fields">
        <Field label="Add this label" name="markLabel" value={writeBack?.label ?? ''} hint="Empty: none" />
        <Field
          label="Move it to this folder"
          name="markFolder"
          value={writeBack?.folder ?? ''}
          hint="Empty: it stays"
        />
      </div>
    </fieldset>
  );
}

interface TickProps {
  readonly label: string;
  readonly name: string;
  readonly isOn: boolean;
}

function Tick({ label, name, isOn }: TickProps) {
  return (
    <label className="dialog-choice">
      <input type="checkbox" name={name} defaultChecked={isOn} />
      <span>{label}</span>
    </label>
  );
}
