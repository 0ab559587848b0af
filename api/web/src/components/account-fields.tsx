import type { Account } from '../../../schemas/account.ts';
import './field.css';

type Kind = Account['kind'];

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly hint?: string;
  readonly type?: string;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly value?: string | number | undefined;
  readonly min?: number;
  readonly max?: number;
}

export function Field({ label, name, hint, type = 'text', required = false, value, ...others }: FieldProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        className="field"
        name={name}
        type={type}
        required={required}
        defaultValue={value}
        {...others}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
      />
      {hint === undefined ? null : <span className="faint small">{hint}</span>}
    </label>
  );
}

/** What each kind of mailbox needs, no more. */
export function MailboxFields({ kind }: { readonly kind: Kind }) {
  if (kind === 'imap') {
    return (
      <>
        <Field label="Server" name="host" placeholder="imap.example.org" required />
        <Field label="User name" name="username" hint="Empty: the address" />
        <Field
          label="Password"
          name="secret"
          type="password"
          required
          hint="Stored encrypted, never shown again"
        />
        <Field label="Folders" name="places" placeholder="INBOX" hint="Separated by commas" />
      </>
    );
  }
  if (kind === 'files') {
    return (
      <Field
        label="Folder to watch"
        name="path"
        placeholder="/srv/mail"
        hint="On the machine of the server. Empty: it takes imports only"
      />
    );
  }
  const isGraph = kind === 'graph';
  return (
    <>
      <Field label="Client id" name="clientId" required hint="Of the application that you registered" />
      <Field
        label="Client secret"
        name="secret"
        type="password"
        required={!isGraph}
        hint="Stored encrypted"
      />
      {isGraph ? <Field label="Tenant" name="tenant" placeholder="example.org" hint="Empty: common" /> : null}
      <Field
        label={isGraph ? 'Folders' : 'Labels'}
        name="places"
        placeholder={isGraph ? 'inbox' : 'INBOX'}
        hint="Separated by commas"
      />
    </>
  );
}

/** The form as the API takes it: what is empty is left out. */
export function toNewAccount(kind: Kind, form: FormData): Record<string, unknown> {
  const read = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const places = read('places')
    ?.split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const shared = { id: read('id'), name: read('name'), address: read('address'), kind };
  const login = { secret: read('secret') };
  if (kind === 'files') {
    const path = read('path');
    return { ...shared, ...(path === undefined ? {} : { files: { path } }) };
  }
  if (kind === 'imap') {
    const username = read('username') ?? read('address');
    return { ...shared, ...login, imap: { host: read('host'), username, folders: places } };
  }
  const provider = kind === 'graph' ? 'microsoft' : 'google';
  const oauth = { provider, clientId: read('clientId'), tenant: read('tenant') };
  const mailbox = kind === 'graph' ? { graph: { folders: places } } : { gmail: { labels: places } };
  return { ...shared, ...login, oauth, ...mailbox };
}
