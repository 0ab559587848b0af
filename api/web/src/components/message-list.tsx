import { useLocation, useParams } from 'react-router';
import { useMessages } from '../api/use-messages.ts';
import { type Filter, useFilters } from '../state/use-filters.ts';
import { Button } from './button.tsx';
import { LoadMore } from './load-more.tsx';
import './message-list.css';
import { MessageRow } from './message-row.tsx';
import { Notice } from './notice.tsx';
import { QueryView } from './query-view.tsx';

/** The messages that the address asks for, newest first. */
export function MessageList() {
  const { filters } = useFilters();
  const { search } = useLocation();
  const { id: openId } = useParams();
  const list = useMessages(filters);
  return (
    <div className="mail-scroll">
      <QueryView data={list.items} error={list.error} refetch={list.refetch} lines={12}>
        {(items) => (
          <>
            <ul
              className={list.isPlaceholderData ? 'message-list-old' : undefined}
              aria-busy={list.isPlaceholderData}
            >
              {items.map((message) => (
                <li key={message.id}>
                  <MessageRow
                    message={message}
                    to={`/messages/${encodeURIComponent(message.id)}${search}`}
                    isOpen={message.id === openId}
                  />
                </li>
              ))}
            </ul>
            {items.length === 0 ? <NoMatch /> : null}
            <div className="message-list-foot">
              <LoadMore {...list} />
            </div>
          </>
        )}
      </QueryView>
    </div>
  );
}

function NoMatch() {
  const { filters, change } = useFilters();
  const names = Object.keys(filters) as Filter[];
  if (names.length === 0) {
    return (
      <div className="mail-state">
        <Notice title="No messages yet">
          <p>They appear here as soon as a mailbox is pulled or a batch is imported.</p>
        </Notice>
      </div>
    );
  }
  return (
    <div className="mail-state">
      <Notice title="Nothing matches">
        <p>No message fits all of these filters.</p>
        <Button onClick={() => change(Object.fromEntries(names.map((name) => [name, undefined])))}>
          Clear all filters
        </Button>
      </Notice>
    </div>
  );
}
