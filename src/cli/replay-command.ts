import { Command, Option } from 'commander';
import { loadPrompt } from '../analysis/llm/load-prompt.ts';
import { findSecondRead } from '../analysis/routing/find-second-read.ts';
import { loadRules } from '../analysis/rules/load-rules.ts';
import { loadTaxonomy } from '../analysis/taxonomy/load-taxonomy.ts';
import { createBudget } from '../create-budget.ts';
import { createDeciders, withRules } from '../create-deciders.ts';
import { createLearnedSource } from '../create-learned-source.ts';
import { createVeil } from '../create-veil.ts';
import type { Provenance } from '../domain/analysis.ts';
import { ServiceError } from '../domain/service-error.ts';
import type { Context } from '../open-context.ts';
import { type Replay, type ReplayedMessage, replayAccount } from '../replay-account.ts';
import { answer, wantsJson, withContext } from './command-context.ts';
import { parseInstant, parseWhole } from './parse-options.ts';
import { renderTable } from './render-table.ts';

const ENGINES = ['local', 'anthropic', 'mistral', 'ollama'];
const MOST = 100_000;

interface ReplayOptions {
  readonly account: string;
  readonly since?: Date;
  readonly limit: number;
  readonly taxonomy?: string;
  readonly rules?: string;
  readonly prompt?: string;
  readonly engine: string;
}

export function createReplayCommand(): Command {
  return new Command('replay')
    .description('decide stored messages again and show what would differ; nothing is written')
    .requiredOption('--account <id>')
    .option('--since <date>', 'only those received since then (ISO 8601)', parseInstant)
    .option('--limit <n>', 'the newest so many', (text) => parseWhole(text, 1, MOST), 1000)
    .option('--taxonomy <path>', 'categories to try (default: those in force)')
    .option('--rules <path>', 'rules to try (default: those in force)')
    .option(
      '--prompt <path>',
      'text to try that tells the model what to do; with --engine (default: the one in force)',
    )
    .addOption(
      new Option('--engine <name>', 'who gives the second read; its calls cost money')
        .choices(ENGINES)
        .default('local'),
    )
    .action(async (options: ReplayOptions, command: Command) => {
      const replay = await withContext((context) => run(context, options));
      answer(wantsJson(command), replay, () => describe(replay));
    });
}

async function run(
  { config, logger, stores, sealer, breakers, taxonomies, embedder }: Context,
  options: ReplayOptions,
): Promise<Replay> {
  const account = await stores.accounts.get(options.account);
  const taxonomy =
    options.taxonomy === undefined ? await taxonomies.get(account.id) : loadTaxonomy(options.taxonomy);
  const rules = loadRules(taxonomies.house(), options.rules ?? config.rulesPath);
  const settings = config.model.engines.filter(({ engine }) => engine === options.engine);
  if (options.engine !== 'local' && settings.length === 0) {
    throw new ServiceError('InvalidInput', `The engine ${options.engine} is not configured`, {
      fix: 'Set its key or host, and name it in MAILROOM_ENGINES when that is set',
    });
  }
  if (options.prompt !== undefined && options.engine === 'local') {
    throw new ServiceError('InvalidInput', 'The local engine reads no prompt', {
      fix: 'Say which model is to be asked: --engine anthropic, mistral or ollama.',
    });
  }
  const prompt = loadPrompt(options.prompt ?? config.promptPath);
  const recallLearned = createLearnedSource(stores, sealer, { embedder, logger });
  return replayAccount(
    {
      stores,
      recallLearned,
      // Without the cache: what is only tried leaves nothing behind.
      ...withRules(createDeciders(taxonomy, { engines: settings, breakers, prompt }), rules, account.id),
      findSecondRead: (reading, category) => findSecondRead(reading, category, config.model),
      veil: account.modelSeesPii === true ? undefined : createVeil(sealer),
      openSpend: (asked) => createBudget(stores.spending, config.model, logger)(account, asked),
      signal: new AbortController().signal,
    },
    { accountId: account.id, since: options.since, limit: options.limit },
  );
}

function describe(replay: Replay): string {
  const totals = [
    `${replay.replayed} decided again: ${replay.categoryChanged} of another category, ${replay.priorityChanged} of another priority.`,
    ...(replay.undecided > 0 ? [`${replay.undecided} left out: not decided yet.`] : []),
    ...(replay.unanswered > 0 ? [`${replay.unanswered} without an answer of the model.`] : []),
    `Decided by ${describeProvenance(replay.by)}.`,
  ];
  if (replay.changes.length === 0) return totals.join('\n');
  const head = ['id', 'received', 'category', 'priority', 'confidence', 'subject'];
  return [renderTable(head, replay.changes.map(toCells), { whole: 0 }), '', ...totals].join('\n');
}

function describeProvenance({ engine, engineVersion, model, promptVersion, ...rest }: Provenance): string {
  const versions = [
    model && `model ${model}`,
    promptVersion && `prompt ${promptVersion}`,
    `taxonomy ${rest.taxonomyVersion}`,
    rest.ruleVersion && `rules ${rest.ruleVersion}`,
    rest.pipelineVersion && `pipeline ${rest.pipelineVersion}`,
  ];
  return [`${engine} ${engineVersion}`, ...versions.filter(Boolean)].join(', ');
}

function toCells({ id, receivedAt, subject, before, after }: ReplayedMessage): string[] {
  const step = (from: string, to: string) => (from === to ? from : `${from} > ${to}`);
  return [
    id,
    receivedAt.toISOString().slice(0, 10),
    step(before.category, after.category),
    step(before.priority ?? '-', after.priority ?? '-'),
    step(before.confidence.toFixed(2), after.confidence.toFixed(2)),
    subject,
  ];
}
