import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLocalEngine } from '../../../src/analysis/local/create-local-engine.ts';
import { parseAmount } from '../../../src/analysis/local/entities/parse-amount.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import type { MessageView } from '../../../src/domain/message.ts';
import { messageView } from '../../support/message-view.ts';

const engine = createLocalEngine(loadTaxonomy());

function entities(parts: Partial<MessageView>) {
  const view = messageView(parts);
  return engine.assess(view, engine.classify(view)).entities;
}
/** `kind value`, as in a list. */
const told = (parts: Partial<MessageView>): string[] =>
  entities(parts).map(({ kind, value }) => `${kind} ${value}`);

describe('entities', () => {
  it.each<[string, string, string[]]>([
    [
      'en',
      'Order PO-4711 of 12.02.2026 for $1,234.56, invoice no. 30431, ticket #8821, due by Friday.',
      [
        'order PO-4711',
        'date 2026-02-12',
        'amount 1234.56 USD',
        'invoice 30431',
        'ticket 8821',
        'deadline 2026-03-06',
      ],
    ],
    [
      'de',
      'Die Rechnung Nr. 2026/0815 über 1.234,56 € bis zum 15. März bezahlen, dann 50,- Euro.',
      ['invoice 2026/0815', 'amount 1234.56 EUR', 'deadline 2026-03-15', 'amount 50.00 EUR'],
    ],
    [
      'fr',
      'La facture n° F-2026-33 de 1 234,50 € doit être payée avant le 12/03/2026.',
      ['invoice F-2026-33', 'amount 1234.50 EUR', 'deadline 2026-03-12'],
    ],
    [
      'es',
      'Necesito el pedido nº 55123 antes del 5 de abril de 2026, por 2.000,00 euros.',
      ['order 55123', 'deadline 2026-04-05', 'amount 2000.00 EUR'],
    ],
    [
      'it',
      'Ordine n. 8812 di EUR 99,90 entro venerdì.',
      ['order 8812', 'amount 99.90 EUR', 'deadline 2026-03-06'],
    ],
    [
      'pt',
      'A fatura 12345 de R$ 1.200,00 vence amanhã.',
      ['invoice 12345', 'amount 1200.00 BRL', 'deadline 2026-03-05'],
    ],
  ])('are found in %s with values that a machine can use', (language, text, expected) => {
    expect(told({ language, text })).toEqual(expected);
  });

  it('say where they stand, in subject and text', () => {
    const [first, second] = entities({ subject: 'Order 48213', text: 'Please pay EUR 20.' });
    expect(first).toEqual({ kind: 'order', in: 'subject', start: 6, end: 11, text: '48213', value: '48213' });
    expect(second).toMatchObject({ in: 'visibleText', start: 11, end: 17, text: 'EUR 20' });
  });

  it('are no counts, years, greetings, fractions, ranges or versions', () => {
    const text =
      'We order 500 lamps. In order 2024 more. Good morning, version 3.5.1, 1/2 cup, 10-12 pieces.';
    expect(told({ text })).toEqual([]);
    expect(told({ language: 'de', text: 'Guten Morgen, wir bestellen 300 Stück.' })).toEqual([]);
  });

  it('are never a bank, card or telephone number', () => {
    const text = 'Invoice 4711: pay order 370400440532013000 now.';
    const start = text.indexOf('3704');
    expect(told({ text, pii: [{ kind: 'iban', start, end: start + 18 }] })).toEqual(['invoice 4711']);
  });

  it('count hours and days from the date of the mail, and have no value without one', () => {
    expect(told({ text: 'I need it within 4 hours.' })).toEqual(['deadline 2026-03-04T13:00Z']);
    expect(told({ text: 'I need it within 48h.' })).toEqual(['deadline 2026-03-06']);
    expect(told({ text: 'I need it by tomorrow.', date: undefined })).toEqual(['deadline ']);
  });

  it('read a number by its last mark', () => {
    const written = ['1.234,56', '1,234.56', "1'234.50", '1.500', '1,500', '12,5', '1.234.567', '99'];
    expect(written.map(parseAmount)).toEqual([1234.56, 1234.56, 1234.5, 1500, 1500, 12.5, 1234567, 99]);
  });

  it('keep their bounds and spans for any text', () => {
    const piece = fc.constantFrom(
      'order ',
      '12.',
      '03.2026 ',
      'by ',
      'Friday ',
      '€',
      '1,2',
      'invoice no. ',
      ' EUR',
      '#',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const text = pieces.join('');
        const found = entities({ text });
        expect(found.length).toBeLessThanOrEqual(50);
        for (const entity of found) expect(text.slice(entity.start, entity.end)).toBe(entity.text);
      }),
      { numRuns: 50 },
    );
  });

  it('are found in time linear in the text', () => {
    for (const piece of ['order no. ', 'by Friday within 3 days ', '1,234.', '€', '12.03.', 'urgent not ']) {
      const view = messageView({ text: piece.repeat(20_000 / piece.length) });
      const start = performance.now();
      engine.assess(view, engine.classify(view));
      expect(performance.now() - start, piece).toBeLessThan(15_000);
    }
  });
});
