import { describe, expect, it } from 'vitest';
import { createLocalEngine } from '../../../src/analysis/local/create-local-engine.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import type { MessageView } from '../../../src/domain/message.ts';
import { messageView } from '../../support/message-view.ts';

const engine = createLocalEngine(loadTaxonomy());

function assess(parts: Partial<MessageView>) {
  const view = messageView(parts);
  return engine.assess(view, engine.classify(view));
}

describe('sentiment', () => {
  it.each([
    [
      'en',
      'The lamp is excellent, we are very happy with it.',
      'The lamp is broken and we are very disappointed.',
    ],
    [
      'de',
      'Die Lampe ist hervorragend, wir sind sehr zufrieden.',
      'Die Lampe ist kaputt und wir sind sehr enttäuscht.',
    ],
    ['fr', 'La lampe est parfaite, nous sommes ravis.', 'La lampe est cassée et nous sommes très déçus.'],
    [
      'es',
      'La lámpara es excelente, estamos encantados.',
      'La lámpara está rota y estamos muy decepcionados.',
    ],
    ['it', 'La lampada è ottima, siamo molto soddisfatti.', 'La lampada è rotta e siamo molto delusi.'],
    [
      'pt',
      'A lâmpada é excelente, estamos muito satisfeitos.',
      'A lâmpada está danificada e estamos muito insatisfeitos.',
    ],
  ])('tells praise from complaint in %s', (language, praise, complaint) => {
    expect(assess({ language, text: praise }).sentiment.label).toBe('positive');
    expect(assess({ language, text: complaint }).sentiment.label).toBe('negative');
  });

  it('turns with a negation, grows with stress and says why', () => {
    const score = (text: string) => assess({ text }).sentiment.score;
    expect(score('We are happy.')).toBeGreaterThan(0);
    expect(score('We are not happy.')).toBeLessThan(0);
    expect(score('We are very happy.')).toBeGreaterThan(score('We are happy.'));
    expect(assess({ text: 'We are not happy.' }).sentiment.reasons).toEqual([
      { text: '"happy", negated', weight: -0.5 },
    ]);
  });

  it('is neutral for plain mail, and stays between -1 and 1', () => {
    expect(assess({ text: 'Please send two lamps to our office.' }).sentiment).toEqual({
      score: 0,
      label: 'neutral',
      reasons: [],
    });
    expect(assess({ text: 'terrible awful useless '.repeat(500) }).sentiment.score).toBeGreaterThanOrEqual(
      -1,
    );
  });

  it('does not read what stands under the letter', () => {
    const text = 'Please send two lamps.\n\nBest regards\nAna\nExcellent wonderful perfect Ltd';
    expect(assess({ text }).sentiment.score).toBe(0);
  });
});

describe('the next action', () => {
  const next = (category: string, parts: Partial<MessageView> = {}, confidence = 0.9) => {
    const view = messageView({ text: 'Please look at it.', ...parts });
    return engine.assess(view, { category, confidence, reasons: [], alternatives: [] }).nextAction;
  };

  it('follows from the category', () => {
    const actions = ['order', 'invoice', 'phishing', 'spam', 'job-application', 'outage', 'meeting', 'other'];
    expect(actions.map((category) => next(category).action)).toEqual([
      'create-lead',
      'forward-to-accounting',
      'quarantine',
      'ignore',
      'forward-to-human-resources',
      'handle-now',
      'schedule',
      'answer',
    ]);
  });

  it('names what is needed for it, and when it is due', () => {
    expect(next('invoice', { text: 'Invoice 30431 of EUR 20 is due by Friday.' })).toEqual({
      action: 'forward-to-accounting',
      reason: 'it is about an invoice (30431, EUR 20; due 2026-03-06)',
    });
  });

  it('is a person for the angry, the doubtful and the suspicious', () => {
    const text = 'This is unacceptable, I am furious. Third time! Terrible, useless, broken.';
    expect(next('order', { text }).action).toBe('ask-a-person');
    expect(next('order', {}, 0.2)).toEqual({
      action: 'ask-a-person',
      reason: 'the category is only 20 % sure',
    });
    const reasons = [{ text: 'Suspicious: steers', weight: 0 }];
    const classification = { category: 'order', confidence: 0.9, reasons, alternatives: [] };
    expect(engine.assess(messageView(), classification).nextAction.action).toBe('ask-a-person');
  });

  it('asks nobody to answer a machine', () => {
    const automatic = { kind: 'auto-reply' as const, reasons: [] };
    expect(next('order', { automatic }).action).toBe('ignore');
    expect(next('bounce').action).toBe('check-address');
  });
});
