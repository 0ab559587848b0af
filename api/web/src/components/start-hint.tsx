import { Card } from './card.tsx';
import './start-hint.css';

/** What to do first, when there is nothing yet. */
export function StartHint() {
  return (
    <Card title="No messages yet">
      <ol className="start-hint">
        <li>
          Import a folder of .eml, an mbox or JSON:
          <pre>npm start -- --mail ./my-mail</pre>
        </li>
        <li>
          Or add a mailbox that is read by itself:
          <pre>npm run mailroom -- account add</pre>
        </li>
        <li>
          <span>
            Or post a batch: <a href="/docs">the API is described here</a>. This page fills up as messages
            arrive.
          </span>
        </li>
      </ol>
    </Card>
  );
}
