import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ServiceError } from '../../domain/service-error.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import { parseTaxonomy } from './parse-taxonomy.ts';

const DEFAULT_PATH = fileURLToPath(new URL('./default.yaml', import.meta.url));

/**
 * Reads the categories in force, once at start. Without `path`: the default ones.
 * Throws `InvalidInput` when the file is missing or wrong, with every fault and its line.
 */
export function loadTaxonomy(path: string = DEFAULT_PATH): Taxonomy {
  return parseTaxonomy(readText(path), path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ServiceError('InvalidInput', `The taxonomy file ${path} cannot be read`, {
      fix: 'Name a readable YAML file, or leave the path out to use the default taxonomy.',
      cause,
    });
  }
}
