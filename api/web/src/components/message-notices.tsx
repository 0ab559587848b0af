import { Link } from 'react-router';
import type { MessageDetail } from '../../../schemas/message.ts';
import { humanize } from '../format/humanize.ts';
import { BounceList } from './bounce-list.tsx';
import { Notice } from './notice.tsx';

/** The rest is in the card on safety. */
const MOST_REASONS = 3;

/** What somebody should know before reading: why it stands still, what was odd about it. */
export function MessageNotices({ message }: { readonly message: MessageDetail }) {
  const { state, note, run, body, draft, threat } = message;
  const isStuck = state === 'quarantined';
  return (
    <>
      {isStuck || (note !== null && note !== '') ? (
        <Notice tone={isStuck ? 'bad' : 'plain'} title={isStuck ? 'In quarantine' : 'Note'}>
          <p>{note ?? 'No reason was recorded.'}</p>
          {isStuck ? <p className="soft">Mend the cause and run it again, or skip it.</p> : null}
        </Notice>
      ) : null}
      {draft?.state === 'pending' ? (
        <Notice tone="violet" title="A reply waits for you">
          <p>
            Read the message, then approve or reject <a href="#draft">the draft</a> below
            <span className="key-hint">
              {' '}
              (press <kbd>a</kbd>)
            </span>
            .
          </p>
        </Notice>
      ) : null}
      {message.needsPerson === null ? null : (
        <Notice tone="violet" title="A person decides">
          <p>{message.needsPerson}. Setting its category or priority settles it.</p>
        </Notice>
      )}
      {threat === null || (threat.trust !== 'suspicious' && threat.trust !== 'dangerous') ? null : (
        <Notice
          tone={threat.trust === 'dangerous' ? 'bad' : 'amber'}
          title={`${humanize(threat.trust)} mail`}
        >
          <ul>
            {threat.symbols
              .filter(({ score }) => score > 0)
              .sort((a, b) => b.score - a.score)
              .slice(0, MOST_REASONS)
              .map(({ name, reason }) => (
                <li key={name}>{reason}</li>
              ))}
          </ul>
          <p className="soft">It is never answered without a person.</p>
        </Notice>
      )}
      {run.problem === null ? null : (
        <Notice tone="amber" title="What its run does is not known just now">
          <p>{run.problem}</p>
        </Notice>
      )}
      {body === null && state !== 'quarantined' ? (
        <Notice title="Not read yet">
          <p>
            The message is stored and waits for its turn{message.stage ? `: ${humanize(message.stage)}` : ''}.
          </p>
        </Notice>
      ) : null}
      {body?.incomplete ? (
        <Notice tone="amber" title="Not read to its end">
          <p>A limit was met. What was not read was not judged: see the original before acting on it.</p>
        </Notice>
      ) : null}
      {draft === null || draft.bounces.length === 0 ? null : (
        <Notice tone="bad" title="Our reply came back">
          <BounceList recipients={draft.bounces.flatMap(({ recipients }) => recipients)} />
          <p>
            <a href="#draft">The reply</a>, and{' '}
            <Link to={`/messages/${encodeURIComponent(draft.bounces.at(-1)?.messageId ?? '')}`}>
              the report
            </Link>
          </p>
        </Notice>
      )}
      {body === null || body.protection.length === 0 ? null : (
        <Notice title="Signed or encrypted, as it claims">
          <p>Nothing was verified or decrypted. The original is kept byte for byte.</p>
        </Notice>
      )}
      {body === null || body.warnings.length === 0 ? null : (
        <Notice tone="amber" title="Faults met while reading it">
          <ul>
            {body.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
