import { Command, Option } from 'commander';
import { removeMessage } from '../../api/operations/remove-message.ts';
import type { MessageFilter, MessageListRow } from '../../db/message-list-store.ts';
import type { QuarantineFilter } from '../../db/quarantine-store.ts';
import { MESSAGE_STATES } from '../domain/message.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { describeMessage } from './describe-message.ts';
import { describeRefused } from './describe-refused.ts';
import { parseWhole } from './parse-options.ts';
import { renderTable } from './render-table.ts';

const MAX_LIMIT = 1000;

interface ListOptions extends Omit<MessageFilter, 'accountId'> {
  readonly account?: string;
  readonly json?: boolean;
}

export function createMessagesCommand(): Command {
  return createListCommand().addCommand(
    new Command('delete')
      .description('delete a message for good; its mailbox does not bring it back')
      .argument('<id>', 'message id')
      .action(async (id: string, _options: object, command: Command) => {
        await withContext((context) => removeMessage({ ...context.stores, ...context }, id, 'cli'));
        answer(wantsJson(command), { id, deleted: true }, () => `Message ${id} is deleted.`);
      }),
  );
}

function createListCommand(): Command {
  return new Command('messages')
    .description('list messages, newest first; with an id, show one')
    .argument('[id]', 'message id')
    .option('--account <id>')
    .option('--category <id>')
    .option('--label <id>', 'a further category, beside the one it has')
    .addOption(new Option('--priority <priority>').choices([...PRIORITIES]))
    .addOption(new Option('--state <state>').choices([...MESSAGE_STATES]))
    .option('--overdue', 'only those whose answer was due before now and whose run has not ended')
    .option('--search <words>', 'full-text search')
    .option('--limit <n>', `1 to ${MAX_LIMIT}`, (text) => parseWhole(text, 1, MAX_LIMIT), 50)
    .action(async (id: string | undefined, options: ListOptions, command: Command) => {
      const json = wantsJson(command);
      if (id !== undefined) {
        const message = await withContext(({ stores }) => stores.messageList.get(id));
        answer(json, message, () => describeMessage(message));
        return;
      }
      const { account, json: _shown, ...rest } = options;
      const filter: MessageFilter = { ...rest, ...(account === undefined ? {} : { accountId: account }) };
      const { rows, refused } = await withContext(async ({ stores }) => ({
        rows: await stores.messageList.list(filter),
        refused: showsRefused(filter) ? await stores.quarantine.list(toRefused(filter)) : [],
      }));
      answer(json, rows, () =>
        [
          rows.length === 0 ? 'No message.' : renderMessages(rows),
          ...describeRefused(refused, filter.limit),
        ].join('\n\n'),
      );
    });
}

/** What was refused has an account and nothing else that a filter could ask for. */
function showsRefused({ accountId: _any, limit: _all, state, ...others }: MessageFilter): boolean {
  return state === 'quarantined' && Object.keys(others).length === 0;
}

function toRefused({ accountId, limit }: MessageFilter): QuarantineFilter {
  return { open: true, refused: true, limit, ...(accountId === undefined ? {} : { accountId }) };
}

function renderMessages(rows: readonly MessageListRow[]): string {
  return renderTable(
    ['id', 'received', 'priority', 'category', 'state', 'subject'],
    rows.map((row) => [
      row.id,
      row.receivedAt.toISOString().slice(5, 16).replace('T', ' '),
      row.priority ?? '-',
      row.category ?? '-',
      row.state,
      row.subject,
    ]),
    { whole: 0 },
  );
}
