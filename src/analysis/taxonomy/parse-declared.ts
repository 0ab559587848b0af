import { createHash } from 'node:crypto';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { expandAliases } from '../../domain/expand-aliases.ts';
import { isNestedTooDeep } from '../../domain/is-nested-too-deep.ts';
import { ServiceError } from '../../domain/service-error.ts';
import type { TaxonomyFault } from './taxonomy-fault.ts';

export interface Declaration<S extends z.ZodType, T> {
  /** For its faults: `taxonomy my.yaml`. */
  readonly name: string;
  /** What to do about them. */
  readonly fix: string;
  readonly schema: S;
  /** What follows from what it says, before it is looked at as a whole. */
  readonly complete: (read: z.output<S>) => T;
  /** What only the whole can show. */
  readonly findFaults: (content: T) => readonly TaxonomyFault[];
}

/** The default taxonomy has 80,000. */
const MOST_CHARS = 1_000_000;
/** Of a file that is wrong throughout, the first faults say enough. */
const MOST_SHOWN = 30;

/**
 * Reads YAML that people write. `version` is the first 12 hex digits of the SHA-256 of what it says, so comments do not
 * change it. Throws `InvalidInput` with every fault at once, each with its line.
 */
export function parseDeclared<S extends z.ZodType, T extends object>(
  yaml: string,
  { name, fix, schema, complete, findFaults }: Declaration<S, T>,
): T & { readonly version: string } {
  const fail = (faults: readonly string[]) => toFault(name, fix, faults);
  if (yaml.length > MOST_CHARS) throw fail([`it is longer than ${MOST_CHARS} characters`]);
  if (isNestedTooDeep(yaml)) throw fail(['it is nested too deep']);
  const lines = new LineCounter();
  // The schema owns the types: `no` is text here, as in YAML 1.2, and anchors cannot blow the file up.
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw fail(document.errors.map((error) => `line ${lines.linePos(error.pos[0]).line}: ${error.message}`));
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let depth = path.length; depth > 0; depth--) {
      const start = rangeStart(document.getIn(path.slice(0, depth), true));
      if (start !== undefined) return lines.linePos(start).line;
    }
    return 1;
  };
  const describe = (fault: TaxonomyFault): string =>
    `line ${lineOf(fault.path)}: ${fault.path.map(String).join('.')} ${fault.text}`;

  const unresolved = (cause: unknown) =>
    fail([
      `its anchors and aliases cannot be resolved: ${cause instanceof Error ? cause.message : String(cause)}`,
    ]);
  const read = schema.safeParse(expandAliases(document, unresolved));
  if (!read.success) {
    throw fail(read.error.issues.map((issue) => describe({ path: issue.path, text: issue.message })));
  }
  const content = complete(read.data);
  const faults = findFaults(content);
  if (faults.length > 0) throw fail(faults.map(describe));
  const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
  return { version, ...content };
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const range: unknown = node.range;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}

function toFault(name: string, fix: string, faults: readonly string[]): ServiceError {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  const shown = faults.length > MOST_SHOWN ? [...faults.slice(0, MOST_SHOWN), 'and more'] : faults;
  return new ServiceError('InvalidInput', `The ${name} has ${count}:\n  ${shown.join('\n  ')}`, {
    fix,
    details: { faults: faults.length },
  });
}
