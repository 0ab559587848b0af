import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../src/package-root.ts';
import { loadTemporalConfig } from '../../src/temporal-config.ts';
import { loadWorkflowBundle } from '../../src/workflow-bundle.ts';
import { parseRecording } from './history-json.ts';
import { type PlantedChange, plantChange } from './plant-change.ts';
import { RECORDED_CASES } from './recorded-cases.ts';

const HISTORIES = join(PACKAGE_ROOT, 'test', 'histories');
const names = readdirSync(HISTORIES)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''));

/** Each is what somebody might do in good faith; runs under way would then do something else than they recorded. */
const CHANGES: Readonly<Record<string, PlantedChange & { readonly breaks: readonly string[] }>> = {
  'two steps in another order': {
    file: 'process-message.ts',
    replace: "await step('summarize', () => summarizeMessage(request));",
    by: "await step('draft', () => draftReply(ref));",
    breaks: ['process-message-processed', 'process-message-sent', 'process-message-approved'],
  },
  'a pause before the first step': {
    file: 'process-message.ts',
    replace: 'const { ended, marks } = await steps.run(',
    by: 'await condition(() => run.decision !== undefined, 1000);\n  const { ended, marks } = await steps.run(',
    breaks: names.filter((name) => name.startsWith('process-message-')),
  },
  'a page more than before': {
    file: 'page-reader.ts',
    replace: 'window.exhausted = page.done;',
    by: 'window.exhausted = false;',
    breaks: ['import-batch-completed'],
  },
  'an account that is paused before its batch ends': {
    file: 'pull-account.ts',
    replace: "await finishBatch({ batchId, state: 'failed', reason });",
    by: 'await pauseAccount({ accountId, reason });',
    breaks: ['pull-account-refused'],
  },
  'a sweep that looks twice before it starts anything': {
    file: 'sweep-messages.ts',
    replace: 'for (const { accountId, messageId, priority } of orphans) {',
    by: 'await findOrphans({ graceMs, maxItems: PAGE, after });\n    for (const { accountId, messageId, priority } of orphans) {',
    breaks: ['sweep-messages-two-pages'],
  },
};

const cacheFolder = mkdtempSync(join(tmpdir(), 'mailroom-replay-'));
const { policy } = loadTemporalConfig();

beforeAll(() => {
  // A planted change makes the SDK log each violation with its stack: that is expected here.
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } },
  });
});

afterAll(() => rmSync(cacheFolder, { recursive: true, force: true }));

describe('runs that are under way', () => {
  it('are recorded for every case, and no recording is left over', () => {
    expect(names.sort()).toEqual(Object.keys(RECORDED_CASES).sort());
  });

  it('go on with the code as it is', async () => {
    expect(await replay(names)).toEqual(names.map((name) => ({ name, error: undefined })));
  });

  it.each(Object.entries(CHANGES))('are broken by %s', async (_what, { breaks, ...change }) => {
    const codeRoot = await plantChange(change);
    const results = await replay(breaks, codeRoot);
    rmSync(codeRoot, { recursive: true, force: true });
    for (const result of results) {
      expect(result).toEqual({ name: result.name, error: expect.any(DeterminismViolationError) });
    }
  });
});

async function replay(which: readonly string[], codeRoot?: string) {
  const { code } = await loadWorkflowBundle({
    policy,
    cacheFolder,
    ...(codeRoot === undefined ? {} : { codeRoot }),
  });
  const histories = which.map((name) => ({
    workflowId: name,
    history: parseRecording(readFileSync(join(HISTORIES, `${name}.json`), 'utf8')),
  }));
  const results: { name: string; error: Error | undefined }[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: { code } },
    histories,
  )) {
    results.push({ name: workflowId, error });
  }
  return results;
}
