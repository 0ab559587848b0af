import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef, useState } from 'react';
import type { Account } from '../../../schemas/account.ts';
import { request } from '../api/request.ts';
import { toasts } from '../state/toasts.ts';
import { Field, MailboxFields, toNewAccount } from './account-fields.tsx';
import { Button } from './button.tsx';
import './confirm-button.css';
import './dialog-form.css';
import { ErrorNotice } from './error-notice.tsx';

const KINDS: readonly (readonly [Account['kind'], string])[] = [
  ['imap', 'IMAP'],
  ['graph', 'Microsoft 365'],
  ['gmail', 'Gmail'],
  ['files', 'Folder of files'],
];

/** A button that opens the form for a new mailbox. */
export function AddAccount() {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  return (
    <>
      <Button look="main" icon="plus" onClick={() => dialog.current?.showModal()}>
        Add account
      </Button>
      <dialog ref={dialog} className="dialog dialog-form" aria-labelledby={titleId}>
        <h2 id={titleId}>Add an account</h2>
        <AddForm onClose={() => dialog.current?.close()} />
      </dialog>
    </>
  );
}

function AddForm({ onClose }: { readonly onClose: () => void }) {
  const [kind, setKind] = useState<Account['kind']>('imap');
  const form = useRef<HTMLFormElement>(null);
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      request<Account>('/api/accounts', { method: 'POST', body }),
    onSuccess: ({ name, oauth }) => {
      toasts.show({
        tone: 'good',
        text: oauth === null ? `${name} is added` : `${name} is added; sign in to it now`,
      });
      form.current?.reset();
      onClose();
    },
    onSettled: () => client.invalidateQueries(),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.mutate(toNewAccount(kind, new FormData(event.currentTarget)));
  };
  return (
    <form ref={form} onSubmit={submit}>
      <label>
        <span>What is read</span>
        <select
          className="field"
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as Account['kind'])}
        >
          {KINDS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <div className="dialog-fields">
        <Field label="Id" name="id" required placeholder="sales" hint="Small letters, digits and dashes" />
        <Field label="Name" name="name" required placeholder="Sales" />
        <Field label="Address" name="address" type="email" required placeholder="sales@example.org" />
        <MailboxFields kind={kind} />
      </div>
      {add.error === null ? null : <ErrorNotice error={add.error} />}
      <div className="dialog-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="main" disabled={add.isPending}>
          Add the account
        </Button>
      </div>
    </form>
  );
}
