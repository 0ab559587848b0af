import type { FormEvent } from 'react';
import { queryClient } from '../api/query-client.ts';
import { session } from '../state/session.ts';
import { useTitle } from '../state/use-title.ts';
import { Button } from './button.tsx';
import './field.css';
import './key-form.css';

/** Asks for the API key. The next answer tells whether it was the right one. */
export function KeyForm({ reason }: { readonly reason: 'missing' | 'refused' }) {
  useTitle('API key');
  const unlock = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const key = new FormData(event.currentTarget).get('key');
    if (typeof key !== 'string' || key.trim() === '') return;
    queryClient.clear();
    session.unlock(key.trim());
  };
  return (
    <main className="key-page">
      <form className="key-form" onSubmit={unlock}>
        <header className="stack">
          <img src="/favicon.svg" width="36" height="36" alt="" />
          <h1>Mailroom</h1>
          <p className="soft">This server asks for its API key, the value of MAILROOM_API_KEY.</p>
        </header>
        <label>
          API key
          <input
            className="field"
            name="key"
            type="password"
            autoComplete="off"
            required
            aria-describedby="key-note"
            aria-invalid={reason === 'refused'}
          />
        </label>
        <p id="key-note" className="small faint" role={reason === 'refused' ? 'alert' : undefined}>
          {reason === 'refused' ? 'The server did not accept that key. ' : ''}
          It is kept in this tab only and forgotten when you close it.
        </p>
        <Button type="submit" look="main" icon="key">
          Open Mailroom
        </Button>
      </form>
    </main>
  );
}
