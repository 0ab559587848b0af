import { type Command, Option } from 'commander';
import { INGEST_MODES, type IngestMode } from '../domain/account.ts';
import { parseWhole } from './parse-options.ts';

/** As the API has it. */
const MOST_BYTES = 1e15;

type Amount = number | 'none';

/** What may be set on every account; `account set` takes `none` to lift a limit. */
export interface SettingsOptions {
  readonly name?: string;
  readonly address?: string;
  readonly mode?: IngestMode;
  readonly every?: number;
  readonly push?: boolean;
  readonly lookBack?: Amount;
  readonly perMinute?: Amount;
  readonly atOnce?: Amount;
  readonly perDay?: Amount;
  readonly bytesPerDay?: Amount;
  readonly markSeen?: boolean;
  readonly markLabel?: string;
  readonly markFolder?: string;
  readonly modelSeesPii?: boolean;
}

export function addSettingsOptions(command: Command): Command {
  return command
    .option('--address <address>', 'address that answers are sent from')
    .option('--name <name>', 'shown as sender')
    .addOption(new Option('--mode <mode>').choices([...INGEST_MODES]))
    .option('--every <seconds>', 'seconds between two pulls, 30 at least', (text) =>
      parseWhole(text, 30, 86_400),
    )
    .option('--push', 'be told of new mail by the provider too')
    .option('--no-push', 'only pull')
    .option('--look-back <days>', 'days that are read at first sight', orNone)
    .option('--per-minute <n>', 'messages taken in a minute', orNone)
    .option('--at-once <n>', 'messages processed at once', orNone)
    .option('--per-day <n>', 'messages taken in a day (UTC)', orNone)
    .option('--bytes-per-day <n>', 'bytes taken in a day (UTC)', (text) => orNone(text, '', MOST_BYTES))
    .option('--mark-seen', 'mark messages read in their mailbox once they have ended')
    .option('--no-mark-seen', 'leave them unread')
    .option('--mark-label <name>', 'and add this keyword, category or label; none: no more')
    .option('--mark-folder <name>', 'and move them to this folder; none: no more')
    .option('--model-sees-pii', 'send names, addresses and numbers to the model as they are')
    .option('--no-model-sees-pii', 'send it placeholders instead; so unless it is set');
}

function orNone(text: string, _before?: unknown, most = 999_999_999): Amount {
  return text === 'none' ? text : parseWhole(text, 1, most);
}

/** Only what was named. */
export function toSettings(options: SettingsOptions): Record<string, unknown> {
  const { markSeen, markLabel, markFolder } = options;
  const writeBack = toAmounts({ seen: markSeen, label: markLabel, folder: markFolder });
  const limits = toAmounts({
    lookBackDays: options.lookBack,
    messagesPerMinute: options.perMinute,
    concurrentMessages: options.atOnce,
    messagesPerDay: options.perDay,
    bytesPerDay: options.bytesPerDay,
  });
  return {
    ...named({
      name: options.name,
      address: options.address,
      mode: options.mode,
      pullEverySeconds: options.every,
      push: options.push,
      modelSeesPii: options.modelSeesPii,
    }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
    ...(Object.keys(writeBack).length === 0 ? {} : { writeBack }),
  };
}

/** Those that were named; `none` is null. */
function toAmounts(
  values: Readonly<Record<string, Amount | string | boolean | undefined>>,
): Record<string, unknown> {
  const amounts = Object.entries(named(values));
  return Object.fromEntries(amounts.map(([name, value]) => [name, value === 'none' ? null : value]));
}

function named(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
