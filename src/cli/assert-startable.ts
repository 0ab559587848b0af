import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { loadPrompt } from '../analysis/llm/load-prompt.ts';
import { loadRules } from '../analysis/rules/load-rules.ts';
import { loadTaxonomy } from '../analysis/taxonomy/load-taxonomy.ts';
import type { Config } from '../config.ts';
import { openFilesMailbox } from '../mail/files/open-files-mailbox.ts';
import { loadTemporalConfig } from '../temporal-config.ts';
import { toListenError } from '../to-listen-error.ts';

/** Says within a second what would stop a start after its servers are up. */
export async function assertStartable(
  config: Config,
  given: { readonly mailPath: string; readonly listens: boolean },
): Promise<void> {
  loadTemporalConfig(config.temporal.policyPath);
  loadRules(loadTaxonomy(config.taxonomyPath), config.rulesPath);
  loadPrompt(config.promptPath);
  await (await openFilesMailbox(resolve(given.mailPath))).close();
  if (given.listens) await assertPortFree(config.http);
}

async function assertPortFree({ host, port }: Config['http']): Promise<void> {
  const server = createServer();
  try {
    const listening = once(server, 'listening');
    server.listen({ host, port });
    await listening;
  } catch (cause) {
    throw toListenError(cause, host, port);
  }
  server.close();
  await once(server, 'close');
}
