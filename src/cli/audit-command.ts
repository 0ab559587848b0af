import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { startAudit } from '../../api/operations/start-audit.ts';
import type { AuditRow, EntryRow } from '../../db/audit-store.ts';
import { auditWorkflowId } from '../contract/workflow-ids.ts';
import type { AccountState } from '../domain/account.ts';
import { countUnaccounted } from '../domain/audit.ts';
import { hasMailbox } from '../domain/has-mailbox.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { toPrintableLine } from '../to-printable.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { renderTable } from './render-table.ts';

const LOOK_MS = 500;
const SHOWN = 50;

interface Audited extends AuditRow {
  readonly unaccounted: number;
  /** What nobody can account for. */
  readonly open: readonly Pick<EntryRow, 'label' | 'providerKey' | 'reason'>[];
}

export function createAuditCommand(): Command {
  return new Command('audit')
    .description('compare a mailbox with what is stored of it, both ways, and fetch what is missing')
    .argument('[account]', 'account id; every account without one')
    .option('--last', 'show what the last audit found, begin none')
    .action(async (id: string | undefined, options: { last?: boolean }, command: Command) => {
      const rows = await withContext((context) => audit(context, id, options.last === true));
      answer(wantsJson(command), rows, () => (rows.length === 0 ? describeNone(id) : describe(rows)));
      if (rows.some((row) => row.unaccounted > 0 || row.state === 'failed')) process.exitCode = 1;
    });
}

async function audit(context: Context, id: string | undefined, last: boolean): Promise<Audited[]> {
  const { stores } = context;
  const accounts = id === undefined ? await listAudited(context, last) : [(await stores.accounts.get(id)).id];
  const rows: Audited[] = [];
  for (const accountId of accounts) {
    if (!last) await runAudit(context, accountId);
    const [row] = last ? [await stores.audits.findLatest(accountId)] : await stores.audits.list(accountId, 1);
    if (row === undefined) continue;
    const open = await stores.audits.listEntries(row.id, { fate: 'missing', limit: SHOWN });
    rows.push({ ...row, unaccounted: countUnaccounted(row), open });
  }
  return rows;
}

/** What the last audit found counts for an account that is paused, too. */
async function listAudited({ stores }: Context, last: boolean): Promise<string[]> {
  const accounts = await stores.accounts.list();
  const isShown = (state: AccountState) => state === 'active' || (last && state === 'paused');
  return accounts.filter((a) => isShown(a.state) && hasMailbox(a)).map((a) => a.id);
}

/** Waits until it has ended; a mailbox of a million messages takes minutes, and its provider may ask for a wait of hours. */
async function runAudit({ stores, controls }: Context, accountId: string): Promise<void> {
  await startAudit({ ...stores, controls }, accountId);
  let told: string | null = null;
  for (;;) {
    const run = await controls.describe(auditWorkflowId(accountId));
    if (run === undefined)
      throw new ServiceError('Unavailable', `The audit of ${accountId} is not to be found`);
    if (run.status !== 'RUNNING' && run.status !== 'CONTINUED_AS_NEW') return;
    const [row] = await stores.audits.list(accountId, 1);
    if (row?.state === 'running' && row.reason !== null && row.reason !== told) {
      told = row.reason;
      process.stderr.write(`${accountId}: ${toPrintableLine(told)}\n`);
    }
    await wait(LOOK_MS);
  }
}

function describeNone(id: string | undefined): string {
  if (id !== undefined) return `Account ${id} was not audited yet: npm run mailroom -- audit ${id}`;
  return 'No account has a mailbox that was audited.';
}

function describe(rows: readonly Audited[]): string {
  const table = renderTable(
    [
      'account',
      'holds',
      'processed',
      'open',
      'skipped',
      'quarantine',
      'deleted',
      'pending',
      'healed',
      'MISSING',
    ],
    rows.map((r) => [
      r.accountId,
      r.listed,
      r.processed,
      r.unfinished,
      r.skipped,
      r.quarantined,
      r.deleted,
      r.pending,
      r.healed,
      r.unaccounted,
    ]),
    { whole: 0 },
  );
  const failed = rows
    .filter((row) => row.state === 'failed')
    .map((row) => `${row.accountId} could not be audited: ${row.reason ?? 'no reason given'}`);
  const open = rows.flatMap((row) =>
    row.open.map(({ label, reason }) => `${row.accountId}: ${label}${reason === null ? '' : `, ${reason}`}`),
  );
  return [table, ...failed, ...(open.length === 0 ? [] : ['Not accounted for:', ...open])].join('\n');
}
