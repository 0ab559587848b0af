import { Command } from 'commander';
import type { BatchRow } from '../../db/batch-store.ts';
import { MAX_CONCURRENT_OPERATIONS } from '../contract/import-batch.ts';
import type { BatchOrigin } from '../domain/batch.ts';
import { ServiceError } from '../domain/service-error.ts';
import { parseSqlUrl } from '../mail/sql/parse-sql-url.ts';
import type { Context } from '../open-context.ts';
import { toPrintableLine } from '../to-printable.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { createProgress } from './create-progress.ts';
import { describeAddress } from './describe-address.ts';
import { describeQuarantine } from './describe-quarantine.ts';
import { followBatch, startImport, toFilesAccount } from './import-mail.ts';
import { parseAccountId, parseAddress, parseWhole } from './parse-options.ts';

interface ImportOptions {
  readonly account: string;
  readonly address: string;
  readonly sql?: string;
  readonly query?: string;
  readonly concurrency?: number;
  readonly wait: boolean;
}

export function createImportCommand(): Command {
  return new Command('import')
    .description('load mail from a folder of .eml, an mbox, JSON or NDJSON, or a SQL query')
    .argument('[path]', 'file or folder')
    .option('--account <id>', 'account to fill; made when it is not there', parseAccountId, 'files')
    .option(
      '--address <address>',
      'address that answers are sent from, for one that has none',
      parseAddress,
      '',
    )
    .option('--sql <url>', 'postgres:// URL to read from instead of a path')
    .option('--query <sql>', 'query with a column raw, or from, to, subject, text …')
    .option('--concurrency <n>', 'messages under way at once (default BATCH_CONCURRENCY)', (text) =>
      parseWhole(text, 1, MAX_CONCURRENT_OPERATIONS),
    )
    .option('--no-wait', 'start and return at once')
    .action(async (path: string | undefined, options: ImportOptions, command: Command) => {
      const json = wantsJson(command);
      const { batch, quarantine } = await withContext(async (context) => {
        const batch = await importAll(context, path, options);
        return { batch, quarantine: json ? [] : await describeQuarantine(context, batch.id) };
      });
      answer(json, batch, () => [describeBatch(batch), ...quarantine].join('\n'));
      if (batch.state === 'failed') process.exitCode = 1;
    });
}

async function importAll(
  context: Context,
  path: string | undefined,
  options: ImportOptions,
): Promise<BatchRow> {
  const batchId = await startImport(context, {
    account: toFilesAccount(options.account, options.address),
    origin: toOrigin(path, options),
    ...(options.concurrency === undefined ? {} : { maxConcurrentOperations: options.concurrency }),
  });
  const account = await context.stores.accounts.get(options.account);
  for (const line of describeAddress(account, options.address)) process.stderr.write(`${line}\n`);
  if (!options.wait) return context.stores.batches.get(batchId);
  const progress = createProgress();
  try {
    return await followBatch(context, batchId, progress.update);
  } finally {
    progress.stop();
  }
}

function toOrigin(path: string | undefined, { sql: url, query }: ImportOptions): BatchOrigin {
  if (path !== undefined && url === undefined) return { kind: 'path', path };
  if (path === undefined && url !== undefined && query !== undefined) {
    parseSqlUrl(url);
    return { kind: 'sql', url, query };
  }
  throw new ServiceError('InvalidInput', 'Name a path, or --sql with --query', {
    fix: 'npm run mailroom -- import PATH',
  });
}

function describeBatch({ id, state, reason, totals }: BatchRow): string {
  const { messages, processed, awaitingApproval, duplicates, quarantined, running } = totals;
  const counts = `${messages} messages: ${processed} processed, ${awaitingApproval} awaiting approval, ${duplicates} duplicates, ${quarantined} quarantined, ${running} under way`;
  return `batch ${id} ${state}${reason === undefined ? '' : ` (${toPrintableLine(reason)})`}\n${counts}`;
}
