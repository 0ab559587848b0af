import { fileURLToPath } from 'node:url';
import type { RuleBook } from '../../domain/routing-rule.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import { readTextFile } from '../taxonomy/read-text-file.ts';
import { parseRules } from './parse-rules.ts';

const DEFAULT_PATH = fileURLToPath(new URL('../taxonomy/rules.yaml', import.meta.url));
const FIX = 'Name a readable YAML file in MAILROOM_RULES, or unset it.';

/** Reads the rules in force, once at start. Without `path`: none. Throws `InvalidInput` when the file is missing or wrong. */
export function loadRules(house: Taxonomy, path: string = DEFAULT_PATH): RuleBook {
  const name = `The file of rules ${path}`;
  return parseRules(
    readTextFile(path, { name, fix: FIX }),
    path,
    new Set(house.categories.map(({ id }) => id)),
  );
}
