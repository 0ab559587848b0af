import type { RoutingRule, RuleBook } from '../../domain/routing-rule.ts';
import { parseSignal } from '../local/lexicon/parse-signal.ts';
import { parseDeclared } from '../taxonomy/parse-declared.ts';
import type { TaxonomyFault } from '../taxonomy/taxonomy-fault.ts';
import { rulesSchema } from './rules-schema.ts';

/**
 * Reads the YAML of rules. `categories` are those of the house: a rule for all accounts may name no others, one that is
 * bound to accounts may name theirs. Throws `InvalidInput` with every fault at once, each with its line.
 */
export function parseRules(yaml: string, file: string, categories: ReadonlySet<string>): RuleBook {
  return parseDeclared(yaml, {
    name: `rules ${file}`,
    fix: 'Correct these lines; src/analysis/taxonomy/rules.yaml says what a rule may hold.',
    schema: rulesSchema,
    complete: (read) => read,
    findFaults: ({ rules }) => [
      ...repeated(rules),
      ...rules.flatMap((rule, index) => [...unknownCategories(rule, index, categories), ...odd(rule, index)]),
    ],
  });
}

function repeated(rules: readonly RoutingRule[]): TaxonomyFault[] {
  const seen = new Set<string>();
  return rules.flatMap(({ id }, index) => {
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew ? [] : [{ path: ['rules', index, 'id'], text: `\`${id}\` is there twice: rename one` }];
  });
}

function unknownCategories(
  { when, then }: RoutingRule,
  index: number,
  categories: ReadonlySet<string>,
): TaxonomyFault[] {
  if (when.account !== undefined) return [];
  const named = [
    ...(then.category === undefined ? [] : [{ key: 'category', id: then.category }]),
    ...(then.labels ?? []).map((id) => ({ key: 'labels', id })),
  ];
  return named
    .filter(({ id }) => !categories.has(id))
    .map(({ key, id }) => ({
      path: ['rules', index, 'then', key],
      text: `\`${id}\` is no category: choose from ${[...categories].join(', ')}, or bind the rule to an account`,
    }));
}

function odd({ when }: RoutingRule, index: number): TaxonomyFault[] {
  return (when.subject ?? []).flatMap((phrase) => {
    const { fault } = parseSignal(phrase);
    return fault === undefined
      ? []
      : [{ path: ['rules', index, 'when', 'subject'], text: `"${phrase}" ${fault}` }];
  });
}
