import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../../src/package-root.ts';
import { digestOf, LICENCES, type ModelRecord, RECORDS } from '../../train/record-model.ts';
import { listTrackedFiles } from './list-tracked-files.ts';

const records = JSON.parse(readFileSync(join(PACKAGE_ROOT, RECORDS), 'utf8')) as Record<string, ModelRecord>;

/** Learned weights by their name, and whatever else in the sources is too large or too strange to have been written. */
function isModel(path: string): boolean {
  if (!path.startsWith('src/')) return false;
  if (/\.(?:bin|onnx|gz|safetensors|npz|pt)$|-(?:model|weights)\.[a-z]+$/.test(path))
    return !path.endsWith('.ts');
  return path.endsWith('.json') && statSync(join(PACKAGE_ROOT, path)).size > 50_000;
}

describe('models that ship', () => {
  it('are all on record, and nothing else is', () => {
    expect(Object.keys(records)).toEqual(listTrackedFiles().filter(isModel).sort());
  });

  it.each(Object.entries(records))('%s is the file that its training script wrote', (path, record) => {
    expect(digestOf(join(PACKAGE_ROOT, path))).toBe(record.sha256);
    const script = readFileSync(join(PACKAGE_ROOT, record.script), 'utf8');
    expect(script).toContain('recordModel(');
  });

  it.each(Object.entries(records))(
    '%s was made from data that may be passed on',
    (_path, { sources, inputs }) => {
      expect(sources.length).toBeGreaterThan(0);
      for (const { licence } of sources) expect(LICENCES).toContain(licence);
      for (const digest of Object.values(inputs)) expect(digest).toMatch(/^[0-9a-f]{64}$/);
    },
  );
});
