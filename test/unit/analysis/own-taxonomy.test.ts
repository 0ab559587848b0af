import { describe, expect, it } from 'vitest';
import { createPrompt } from '../../../src/analysis/llm/prompt.ts';
import { createLocalEngine } from '../../../src/analysis/local/create-local-engine.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import { parseTaxonomy } from '../../../src/analysis/taxonomy/parse-taxonomy.ts';
import { messageView } from '../../support/message-view.ts';

const OWN = `
categories:
  - { id: booking, name: Table booking, description: Wants a table., priority: HIGH, odoo: note, reply: draft,
      examples: [Could we reserve a table for two tonight?, 'Reservation for Friday, six guests'] }
  - { id: allergy, name: Allergies, description: Asks what is in a dish., priority: URGENT, odoo: note, reply: draft,
      examples: [Does the risotto contain peanuts or gluten?] }
  - { id: other, name: Other, description: The rest., priority: NORMAL, odoo: none, reply: off }
`;

describe('a taxonomy of names and examples', () => {
  const house = loadTaxonomy();
  const taxonomy = parseTaxonomy(OWN, 'own.yaml', house);
  const engine = createLocalEngine(taxonomy);

  it.each([
    ['Reserving a table', 'Hello, do you have a table for four guests on Saturday?', 'booking'],
    ['A question', 'Is there gluten in the bread?', 'allergy'],
    ['Hello', 'The weather is fine.', 'other'],
  ])('sorts "%s" without any word list', (subject, text, category) => {
    const { category: decided, reasons } = engine.classify(messageView({ subject, text }));
    expect([decided, reasons.length > 0]).toEqual([category, true]);
  });

  it('borrows the reply texts of the house, or has its own', () => {
    expect(taxonomy.replies).toEqual(house.replies);
    const own = parseTaxonomy(`${OWN}replies: { en: 'Hi {name}' }`, 'own.yaml', house);
    expect(own.replies).toEqual({ en: 'Hi {name}' });
    expect(own.version).not.toBe(taxonomy.version);
    expect(() => parseTaxonomy(OWN, 'own.yaml')).toThrow(/line 1: replies needs `en`/);
  });

  it('is what a model is shown', () => {
    const { system } = createPrompt(messageView({ text: 'Hello' }), taxonomy);
    expect(system).toContain(
      '- booking: Wants a table. For example "Could we reserve a table for two tonight?"',
    );
    expect(system).not.toContain('newsletter');
  });
});
