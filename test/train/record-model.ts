import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/package-root.ts';

/** Where every model that ships is on record. */
export const RECORDS = 'test/train/shipped-models.json';

export interface ModelRecord {
  /** SHA-256 of the file that ships, in hex. */
  readonly sha256: string;
  /** What makes it: a path below the root. */
  readonly script: string;
  /** SHA-256 of each file that the script was given, by its folder and name: the same inputs make the same model. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly sources: readonly { readonly name: string; readonly licence: string }[];
}

/** Licences under which weights may be passed on; nothing for non-commercial use only, nothing that binds the rest. */
export const LICENCES: readonly string[] = [
  'Apache-2.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'MIT',
  'Own',
  'PDDL-1.0',
  'Public-Domain',
];

export function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Called by a training script when it has written a model: `model` is a path below the root. */
export function recordModel(made: {
  readonly model: string;
  readonly script: string;
  readonly inputs: readonly string[];
  readonly sources: ModelRecord['sources'];
}): void {
  const home = join(PACKAGE_ROOT, RECORDS);
  const records = existsSync(home)
    ? (JSON.parse(readFileSync(home, 'utf8')) as Record<string, ModelRecord>)
    : {};
  records[made.model] = {
    sha256: digestOf(join(PACKAGE_ROOT, made.model)),
    script: made.script,
    inputs: Object.fromEntries(
      made.inputs.map((path) => [`${basename(dirname(path))}/${basename(path)}`, digestOf(path)]),
    ),
    sources: made.sources,
  };
  const sorted = Object.fromEntries(Object.entries(records).sort(([a], [b]) => a.localeCompare(b)));
  writeFileSync(home, `${JSON.stringify(sorted, null, 2)}\n`);
}
