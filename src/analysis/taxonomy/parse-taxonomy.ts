import { createHash } from 'node:crypto';
import { LineCounter, parseDocument } from 'yaml';
import { ServiceError } from '../../domain/service-error.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import { findTaxonomyFaults } from './find-taxonomy-faults.ts';
import type { TaxonomyFault } from './taxonomy-fault.ts';
import { taxonomySchema } from './taxonomy-schema.ts';

/** The default one has 60,000. */
const MOST_CHARS = 1_000_000;

/**
 * Reads the YAML of a taxonomy. `version` is the first 12 hex digits of the SHA-256 of what it says, so comments do not
 * change it. What it may leave out, its replies, comes from `house`.
 * Throws `InvalidInput` with every fault at once, each with its line; `file` names it there.
 */
export function parseTaxonomy(yaml: string, file: string, house?: Pick<Taxonomy, 'replies'>): Taxonomy {
  if (yaml.length > MOST_CHARS) throw toFault(file, [`it is longer than ${MOST_CHARS} characters`]);
  const lines = new LineCounter();
  // The schema below owns the types: `no` is text here, as in YAML 1.2, and anchors cannot blow the file up.
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw toFault(
      file,
      document.errors.map((error) => `line ${lines.linePos(error.pos[0]).line}: ${error.message}`),
    );
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth > 0; depth--) {
      const node: unknown = document.getIn(path.slice(0, depth), true);
      const start = rangeStart(node);
      if (start !== undefined) return lines.linePos(start).line;
    }
    return 1;
  };
  const describe = (fault: TaxonomyFault): string =>
    `line ${lineOf(fault.path)}: ${fault.path.map(String).join('.')} ${fault.text}`;

  const read = taxonomySchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!read.success) {
    throw toFault(
      file,
      read.error.issues.map((issue) => describe({ path: issue.path, text: issue.message })),
    );
  }
  const content = { ...read.data, replies: read.data.replies ?? house?.replies ?? {} };
  const faults = findTaxonomyFaults(content);
  if (faults.length > 0) throw toFault(file, faults.map(describe));
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  return { version, ...content };
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const range: unknown = node.range;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}

function toFault(file: string, faults: readonly string[]): ServiceError {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  return new ServiceError('InvalidInput', `The taxonomy ${file} has ${count}:\n  ${faults.join('\n  ')}`, {
    fix: 'Correct these lines; src/analysis/taxonomy/default.yaml shows a complete file.',
    details: { faults: faults.length },
  });
}
