import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadTaxonomy } from '../analysis/taxonomy/load-taxonomy.ts';
import { loadConfig } from '../config.ts';
import { createHealthChecks } from '../create-health-checks.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { PACKAGE_ROOT } from '../package-root.ts';
import { diffTemporal } from '../temporal/diff-temporal.ts';
import { loadTemporalConfig } from '../temporal-config.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { renderTable } from './render-table.ts';
import { toRequest } from './temporal-command.ts';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly fix: string | undefined;
}

const LIMIT_MS = 5_000;

/** Checks everything and says the fix; exit code 1 when something required is wrong. */
export function createDoctorCommand(): Command {
  return new Command('doctor')
    .description('check configuration, servers and accounts, and say the fix')
    .action(async (_options: object, command: Command) => {
      const findings = [...(await checkHere()), ...(await checkServers())];
      answer(wantsJson(command), { ok: findings.every(({ ok }) => ok), findings }, () =>
        renderTable(
          ['', 'check', 'detail', 'fix'],
          findings.map(({ ok, check, detail, fix }) => [ok ? 'ok' : 'XX', check, detail, fix ?? '']),
        ),
      );
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

async function checkHere(): Promise<Finding[]> {
  return Promise.all([
    look('node', () => process.version),
    look('configuration', () => `home ${loadConfig(process.env).home}`),
    look('temporal.yaml', () => {
      loadTemporalConfig(loadConfig(process.env).temporal.policyPath);
      return 'valid';
    }),
    look(
      'taxonomy',
      () => `${loadTaxonomy(loadConfig(process.env).taxonomyPath).categories.length} categories`,
    ),
    look('web page', () => {
      if (existsSync(join(PACKAGE_ROOT, 'api/web/dist/index.html'))) return 'built';
      throw new ServiceError('NotFound', 'The web page is not built', { fix: 'npm run build:web' });
    }),
  ]);
}

async function checkServers(): Promise<Finding[]> {
  try {
    return await withContext(checkContext);
  } catch (error) {
    return [toFinding('servers', error)];
  }
}

async function checkContext(context: Context): Promise<Finding[]> {
  const components = await Promise.all(
    createHealthChecks(context).map((check) =>
      look(check.name, async () => (await check.check(AbortSignal.timeout(LIMIT_MS))) ?? 'answers'),
    ),
  );
  const drift = await look('temporal drift', async () => {
    const drifts = await diffTemporal(await toRequest(context));
    if (drifts.length === 0) return 'none';
    throw new ServiceError('Conflict', drifts.map(({ what }) => what).join(', '), {
      fix: 'npm run mailroom -- temporal apply',
    });
  });
  const accounts = await context.stores.accounts.list();
  const states = accounts.map((account) =>
    look(`account ${account.id}`, () => {
      const trouble = account.stateReason ?? account.lastPullError;
      if (trouble === undefined) return `${account.kind}, ${account.mode}, ${account.state}`;
      throw new ServiceError('Unavailable', trouble, { fix: 'Mend it, then resume the account.' });
    }),
  );
  return [...components, drift, ...(await Promise.all(states))];
}

async function look(check: string, work: () => string | Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, detail: await work(), fix: undefined };
  } catch (error) {
    return toFinding(check, error);
  }
}

function toFinding(check: string, error: unknown): Finding {
  if (error instanceof ServiceError) return { check, ok: false, detail: error.message, fix: error.fix };
  return { check, ok: false, detail: error instanceof Error ? error.message : String(error), fix: undefined };
}
