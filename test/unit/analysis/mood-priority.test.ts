import { describe, expect, it } from 'vitest';
import { createLocalEngine } from '../../../src/analysis/local/create-local-engine.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import { messageView } from '../../support/message-view.ts';

const engine = createLocalEngine(loadTaxonomy());

function decide(text: string, category = 'technical-support') {
  const view = messageView({ text });
  const { reasons } = engine.classify(view);
  return engine.prioritize(view, { category, confidence: 1, reasons, alternatives: [] });
}

describe('the mood of the writer', () => {
  it('makes a message more pressing, and says by which words', () => {
    const { priority, reasons } = decide(
      'This is useless, an awful and terrible nightmare. Your horrible product is broken, and support was rude!! I hate it.',
    );
    expect(priority).toBe('HIGH');
    expect(reasons.at(-1)?.text).toMatch(/^the mood is negative, -0\.9\d \(".+", ".+", ".+"\)$/);
  });

  it('of a plain complaint is a reason, not a jump', () => {
    const { priority, reasons } = decide('The lamp is broken and the box was damaged.');
    expect(priority).toBe('NORMAL');
    expect(reasons.some(({ text, weight }) => text.startsWith('the mood is negative') && weight < 0.75)).toBe(
      true,
    );
  });

  it('hurries nobody when it is good, or when the category is pressing already', () => {
    const mood = ({ reasons }: ReturnType<typeof decide>) => reasons.filter(({ text }) => /mood/.test(text));
    expect(mood(decide('Everything works fine, we love it, thank you.'))).toEqual([]);
    expect(mood(decide('This is useless and terrible.', 'outage'))).toEqual([]);
  });
});
