import { fileURLToPath } from 'node:url';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import { parseTaxonomy } from './parse-taxonomy.ts';
import { readTextFile } from './read-text-file.ts';

const DEFAULT_PATH = fileURLToPath(new URL('./default.yaml', import.meta.url));
const FIX = 'Name a readable YAML file, or leave the path out to use the default taxonomy.';

/**
 * Reads the categories in force, once at start. Without `path`: the default ones.
 * Throws `InvalidInput` when the file is missing or wrong, with every fault and its line.
 */
export function loadTaxonomy(path: string = DEFAULT_PATH): Taxonomy {
  const name = `The taxonomy file ${path}`;
  return parseTaxonomy(readTextFile(path, { name, fix: FIX }), path);
}
