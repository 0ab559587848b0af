import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RuleBook } from '../../domain/routing-rule.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import { parseRules } from './parse-rules.ts';

const DEFAULT_PATH = fileURLToPath(new URL('../taxonomy/rules.yaml', import.meta.url));

/** Reads the rules in force, once at start. Without `path`: none. Throws `InvalidInput` when the file is missing or wrong. */
export function loadRules(house: Taxonomy, path: string = DEFAULT_PATH): RuleBook {
  return parseRules(readText(path), path, new Set(house.categories.map(({ id }) => id)));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ServiceError('InvalidInput', `The file of rules ${path} cannot be read`, {
      fix: 'Name a readable YAML file in MAILROOM_RULES, or unset it.',
      cause,
    });
  }
}
