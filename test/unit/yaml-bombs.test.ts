import { describe, expect, it } from 'vitest';
import { parseRules } from '../../src/analysis/rules/parse-rules.ts';
import { parseTaxonomy } from '../../src/analysis/taxonomy/parse-taxonomy.ts';
import { ServiceError } from '../../src/domain/service-error.ts';
import { parseTemporalConfig } from '../../src/temporal-config.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
/** Ten lines that stand for ten thousand million nodes. */
const BOMB = names
  .map((name, index) => {
    const before = names[index - 1];
    return `${name}: &${name} [${Array(10)
      .fill(before === undefined ? 'x' : `*${before}`)
      .join(', ')}]`;
  })
  .join('\n');
const DEEP = ['['.repeat(100_000), '- '.repeat(100_000), '{a: '.repeat(100_000), '? '.repeat(100_000)];

function faultOf(work: () => unknown): ServiceError {
  try {
    work();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('It was taken');
}

describe.each([
  ['taxonomy', (text: string) => parseTaxonomy(text, 'x.yaml')],
  ['rules', (text: string) => parseRules(text, 'x.yaml', new Set())],
  ['Temporal configuration', (text: string) => parseTemporalConfig(text, 'x.yaml')],
] as const)('a %s', (_name, parse) => {
  it('of aliases that blow up is refused', () => {
    expect(faultOf(() => parse(BOMB))).toMatchObject({ type: 'InvalidInput' });
  });

  it.each(DEEP)('nested too deep is refused in a few lines', (deep) => {
    const { type, message } = faultOf(() => parse(deep));
    expect(type).toBe('InvalidInput');
    expect(message.length).toBeLessThan(20_000);
  });
});
