import type { Taxonomy } from '../../domain/taxonomy.ts';
import { findTaxonomyFaults } from './find-taxonomy-faults.ts';
import { parseDeclared } from './parse-declared.ts';
import { taxonomySchema } from './taxonomy-schema.ts';

/**
 * Reads the YAML of a taxonomy. What it may leave out, its replies, comes from `house`. Throws `InvalidInput` with every
 * fault at once, each with its line; `file` names it there.
 */
export function parseTaxonomy(yaml: string, file: string, house?: Pick<Taxonomy, 'replies'>): Taxonomy {
  return parseDeclared(yaml, {
    name: `taxonomy ${file}`,
    fix: 'Correct these lines; src/analysis/taxonomy/default.yaml shows a complete file.',
    schema: taxonomySchema,
    complete: (read) => ({ ...read, replies: read.replies ?? house?.replies ?? {} }),
    findFaults: findTaxonomyFaults,
  });
}
