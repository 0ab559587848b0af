import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelManifest, readModelManifest } from '../analysis/embedding/model-manifest.ts';

export interface InstalledModel extends ModelManifest {
  readonly folder: string;
  /** The one that was added last is used. */
  readonly isUsed: boolean;
}

/** Folder of the models below MAILROOM_HOME. */
export function toModelsFolder(home: string): string {
  return join(home, 'models');
}

/** Installed models, the one in use first. A folder without a manifest is none: its installation did not end. */
export async function listModels(modelsFolder: string): Promise<InstalledModel[]> {
  const entries = await readdir(modelsFolder, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const found: (ModelManifest & { folder: string })[] = [];
  for (const entry of entries) {
    const folder = join(modelsFolder, entry.name);
    if (!entry.isDirectory() || entry.name === 'runtime' || entry.name.startsWith('.')) continue;
    found.push({ ...(await readModelManifest(folder)), folder });
  }
  found.sort((a, b) => b.addedAt.localeCompare(a.addedAt));
  return found.map((model, i) => ({ ...model, isUsed: i === 0 }));
}
