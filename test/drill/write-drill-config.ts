import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/package-root.ts';

export interface DrillFiles {
  readonly temporalConfig: string;
  readonly taxonomy: string;
}

/**
 * The shipped policy with short waits, so that a drill need not wait minutes; and a taxonomy that answers by
 * itself, or never.
 */
export async function writeDrillConfig(folder: string, reply: 'auto' | 'off' = 'auto'): Promise<DrillFiles> {
  const temporalConfig = join(folder, 'temporal.yaml');
  const taxonomy = join(folder, 'taxonomy.yaml');
  const policy = await readFile(join(PACKAGE_ROOT, 'temporal.yaml'), 'utf8');
  const hurried = policy
    .replaceAll('heartbeat: 30s', 'heartbeat: 3s')
    .replaceAll('ratePerSecond: 5', 'ratePerSecond: 200')
    .replace('initialInterval: 5s', 'initialInterval: 500ms')
    .replace('maximumInterval: 10m', 'maximumInterval: 5s');
  const categories = await readFile(join(PACKAGE_ROOT, 'src/analysis/taxonomy/default.yaml'), 'utf8');
  await writeFile(temporalConfig, hurried);
  await writeFile(taxonomy, categories.replaceAll('reply: draft', `reply: ${reply}`));
  return { temporalConfig, taxonomy };
}
