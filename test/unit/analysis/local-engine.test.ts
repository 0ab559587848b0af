import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLocalEngine } from '../../../src/analysis/local/create-local-engine.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import { AUTOMATIC_KINDS, type MessageView } from '../../../src/domain/message.ts';
import { PRIORITIES } from '../../../src/domain/priority.ts';
import { messageView } from '../../support/message-view.ts';

const taxonomy = loadTaxonomy();
const engine = createLocalEngine(taxonomy);
const another = createLocalEngine(taxonomy);
const ids = taxonomy.categories.map(({ id }) => id);
const never = new AbortController().signal;

const words = taxonomy.categories
  .flatMap(({ signals }) => Object.values(signals).flat())
  .map((phrase) => phrase.replace(/[*^].*/, ''));
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...words),
        fc.constantFrom('not', '.', '\n', '\n\n> ', 'by', '12.03.', 'https://x.test/'),
      ),
    )
    .map((parts) => parts.join(' ')),
);
const view: fc.Arbitrary<MessageView> = fc
  .record({
    subject: text,
    text,
    language: fc.constantFrom('en', 'de', 'fr', 'es', 'it', 'pt', 'ja', 'und'),
    kind: fc.constantFrom(...AUTOMATIC_KINDS),
    inlineAnswers: fc.boolean(),
    name: fc.string(),
    address: fc.string(),
    date: fc.option(fc.date(), { nil: undefined }),
  })
  .map(({ kind, name, address, ...rest }) =>
    messageView({ ...rest, automatic: { kind, reasons: [] }, from: { name, address } }),
  );

describe('the local engine', () => {
  it('reads any message into a valid reading, the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(view, async (message) => {
        const reading = await engine.analyse(message, never);
        const { classification, priority, summary } = reading;
        expect(ids).toContain(classification.category);
        expect(classification.confidence).toBeGreaterThan(0);
        expect(classification.confidence).toBeLessThanOrEqual(1);
        expect(classification.reasons.length).toBeGreaterThan(0);
        expect(classification.alternatives.map(({ category }) => category)).not.toContain(
          classification.category,
        );
        expect(PRIORITIES).toContain(priority.priority);
        expect(priority.reasons.length).toBeGreaterThan(0);
        expect(summary.line.length).toBeLessThanOrEqual(160);
        expect(await another.analyse({ ...message }, never)).toEqual(reading);
      }),
      { numRuns: 60 },
    );
  });

  it('names what made its decisions', () => {
    expect(engine.provenance).toMatchObject({
      engine: 'local',
      model: undefined,
      taxonomyVersion: taxonomy.version,
    });
  });

  it('stops when told to', async () => {
    const reason = new Error('cancelled');
    await expect(engine.analyse(messageView(), AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('takes linear time on text made to be slow', () => {
    const hostile = [
      'a'.repeat(200_000),
      '1'.repeat(200_000),
      '.'.repeat(200_000),
      '\n>'.repeat(90_000),
      'https://'.repeat(20_000),
      ' 1x'.repeat(60_000),
      'http://a/'.repeat(20_000),
      '@'.repeat(200_000),
      'Hello '.repeat(40_000),
    ];
    for (const bad of hostile) {
      const message = messageView({ subject: bad, text: bad, html: bad, from: { name: bad, address: bad } });
      const start = performance.now();
      const classification = engine.classify(message);
      engine.prioritize(message, classification);
      engine.summarize(message);
      expect(performance.now() - start, bad.slice(0, 10)).toBeLessThan(10_000);
    }
  });
});
