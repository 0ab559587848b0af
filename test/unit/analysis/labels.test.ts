import { describe, expect, it } from 'vitest';
import { createLocalEngine } from '../../../src/analysis/local/create-local-engine.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import type { MessageView } from '../../../src/domain/message.ts';
import { messageView } from '../../support/message-view.ts';

const engine = createLocalEngine(loadTaxonomy());
const read = (facts: Partial<MessageView>) => engine.classify(messageView(facts));

describe('a message that wants several things', () => {
  it('carries them as labels, each with a confidence, besides its one category', () => {
    const { category, labels = [] } = read({
      subject: 'Refund and a complaint',
      text: 'I want a refund for order 48213, please send my money back. I also wish to make a formal complaint about your driver, his behaviour was unacceptable.',
    });
    const all = [category, ...labels.map((label) => label.category)];
    expect(all).toEqual(expect.arrayContaining(['refund', 'complaint']));
    expect(new Set(all).size).toBe(all.length);
    for (const { confidence } of labels) expect(confidence).toBeGreaterThan(0.5);
  });

  it('has none when it wants one thing, or when no person wrote it', () => {
    expect(read({ subject: 'Meeting', text: 'Can we meet on Tuesday at ten?' }).labels).toBeUndefined();
    const listed = {
      subject: 'Refund, invoice and order news',
      automatic: { kind: 'list', reasons: [] },
    } as const;
    expect(read(listed).labels).toBeUndefined();
  });
});

describe('whether somebody waits', () => {
  it.each<[string, boolean, string]>([
    ['Could you send me the price list?', true, 'asks for something ("could you")'],
    ['Is the blue one in stock?', true, 'asks a question'],
    ['Thank you so much for the lamp, all is well.', false, 'it says thanks and asks for nothing'],
    ['The lamp is blue.', false, 'it neither asks nor wants anything'],
  ])('"%s": %s', (text, needsAction, reason) => {
    const decided = read({ text });
    expect(decided.needsAction).toBe(needsAction);
    expect(decided.needsActionReasons?.map((one) => one.text)).toContain(reason);
  });

  it.each([
    ['de', 'Bitte schicken Sie mir die Preisliste.'],
    ['fr', 'Pourriez-vous m’envoyer la liste des prix ?'],
    ['es', 'Necesito la lista de precios.'],
  ])('is seen in other languages (%s)', (language, text) => {
    expect(read({ language, text }).needsAction).toBe(true);
  });

  it('is nobody where a machine wrote, whatever it asks', () => {
    const decided = read({ text: 'Please confirm?', automatic: { kind: 'notification', reasons: [] } });
    expect(decided.needsAction).toBe(false);
    expect(decided.needsActionReasons?.[0]?.text).toContain('machine');
  });
});
