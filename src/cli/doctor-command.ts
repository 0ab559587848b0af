import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadPrompt } from '../analysis/llm/load-prompt.ts';
import { loadRules } from '../analysis/rules/load-rules.ts';
import { loadTaxonomy } from '../analysis/taxonomy/load-taxonomy.ts';
import { loadConfig } from '../config.ts';
import { createHealthChecks } from '../create-health-checks.ts';
import { ServiceError } from '../domain/service-error.ts';
import { toModelsFolder } from '../models/list-models.ts';
import type { Context } from '../open-context.ts';
import { PACKAGE_ROOT } from '../package-root.ts';
import { diffTemporal } from '../temporal/diff-temporal.ts';
import { loadTemporalConfig } from '../temporal-config.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { describeLearnedModels, describeSentenceModel } from './describe-models.ts';
import { examineAccount } from './examine-account.ts';
import { describeFindings, type Finding, look } from './finding.ts';
import { toRequest } from './temporal-command.ts';

const LIMIT_MS = 5_000;

/** Checks everything and says the fix; exit code 1 when something required is wrong. */
export function createDoctorCommand(): Command {
  return new Command('doctor')
    .description('check configuration, servers and accounts, and say the fix')
    .action(async (_options: object, command: Command) => {
      const here = await checkHere();
      const isConfigured = here.every((finding) => finding.check !== 'configuration' || finding.ok);
      const rest = isConfigured ? [...(await checkFiles()), ...(await checkServers())] : [];
      const findings = [...here, ...rest];
      const ok = findings.every((finding) => finding.ok);
      answer(wantsJson(command), { ok, findings }, () => describeFindings(findings));
      if (!ok) process.exitCode = 1;
    });
}

async function checkHere(): Promise<Finding[]> {
  return Promise.all([
    look('node', () => process.version),
    look('configuration', () => `home ${resolve(loadConfig(process.env).home)}`),
    look('web page', () => {
      if (existsSync(join(PACKAGE_ROOT, 'api/web/dist/index.html'))) return 'built';
      throw new ServiceError('NotFound', 'The web page is not built', { fix: 'npm run build:web' });
    }),
  ]);
}

async function checkFiles(): Promise<Finding[]> {
  const { home, temporal, taxonomyPath, rulesPath, promptPath } = loadConfig(process.env);
  return Promise.all([
    look('temporal.yaml', () => {
      loadTemporalConfig(temporal.policyPath);
      return 'valid';
    }),
    look('taxonomy', () => `${loadTaxonomy(taxonomyPath).categories.length} categories`),
    look('prompt', () => `version ${loadPrompt(promptPath).version}`),
    look('rules', () => `${loadRules(loadTaxonomy(taxonomyPath), rulesPath).rules.length} rules`),
    look('sentence model', () => describeSentenceModel(toModelsFolder(resolve(home)))),
  ]);
}

async function checkServers(): Promise<Finding[]> {
  let checked: Finding[] = [];
  const opened = await look('servers', async () => {
    checked = await withContext(checkContext);
    return 'found';
  });
  return opened.ok ? checked : [opened];
}

async function checkContext(context: Context): Promise<Finding[]> {
  const components = await Promise.all(
    createHealthChecks(context).map((check) =>
      look(check.name, async () => (await check.check(AbortSignal.timeout(LIMIT_MS))) ?? 'answers'),
    ),
  );
  if (components.some(({ check, ok }) => check === 'postgres' && !ok)) return components;
  const drift = await look('temporal drift', async () => {
    const drifts = await diffTemporal(await toRequest(context));
    if (drifts.length === 0) return 'none';
    throw new ServiceError('Conflict', drifts.map(({ what }) => what).join(', '), {
      fix: 'npm run mailroom -- temporal apply',
    });
  });
  const learned = await look('learned models', async () =>
    describeLearnedModels(await context.stores.learning.listModels()),
  );
  const accounts = await context.stores.accounts.list();
  const states = accounts.map((account) =>
    look(`account ${account.id}`, () => examineAccount(context, account)),
  );
  return [...components, drift, learned, ...(await Promise.all(states))];
}
