import { describe, expect, it } from 'vitest';
import { createLocalEngine } from '../../../src/analysis/local/create-local-engine.ts';
import { hurry } from '../../../src/analysis/local/prioritize/hurry.ts';
import { createRuleFinder } from '../../../src/analysis/rules/create-rule-finder.ts';
import { createRuledEngine } from '../../../src/analysis/rules/create-ruled-engine.ts';
import { parseRules } from '../../../src/analysis/rules/parse-rules.ts';
import { suspicionReason } from '../../../src/analysis/suspicion-reason.ts';
import { parseTaxonomy } from '../../../src/analysis/taxonomy/parse-taxonomy.ts';
import { describeMinutes } from '../../../src/domain/answer-time.ts';
import type { Priority } from '../../../src/domain/priority.ts';
import { messageView } from '../../support/message-view.ts';

const HOUR = 3_600_000;
const receivedAt = new Date('2026-05-04T08:00:00Z');
/** `age` in hours. */
const aged = (age: number) => ({ receivedAt, now: new Date(receivedAt.getTime() + age * HOUR) });
const decided = (priority: Priority) => ({ priority, reasons: [{ text: 'starts there', weight: 1 }] });
const within = (hours: number) => ({ minutes: hours * 60, of: 'Outage', by: 'category' as const });

describe('a time to answer', () => {
  it.each<[string, Priority, number, number, Priority]>([
    ['has just come and has days', 'NORMAL', 72, 0, 'NORMAL'],
    ['has just come and has hours', 'NORMAL', 4, 0, 'HIGH'],
    ['has just come and has minutes', 'NORMAL', 0.5, 0, 'HIGH'],
    ['is urgent with minutes left, when it was high', 'HIGH', 0.5, 0, 'URGENT'],
    ['has used up most of its time', 'NORMAL', 72, 60, 'HIGH'],
    ['has used up most of its time, and was high', 'HIGH', 72, 60, 'URGENT'],
    ['is overdue', 'LOW', 24, 30, 'HIGH'],
    ['is as pressing as can be', 'URGENT', 24, 30, 'URGENT'],
    ['is from an old mailbox', 'NORMAL', 24, 24 * 400, 'NORMAL'],
  ])('raises what %s', (_what, priority, hours, age, expected) => {
    expect(hurry(decided(priority), within(hours), aged(age)).priority).toBe(expected);
  });

  it('says until when and why', () => {
    const soon = hurry(decided('NORMAL'), within(4), aged(2));
    expect(soon.answerDue).toBe('2026-05-04T12:00:00.000Z');
    expect(soon.reasons.at(-1)).toEqual({
      text: 'the answer is due in 2 h: Outage must be answered within 4 h',
      weight: 1,
    });
    const late = hurry(decided('HIGH'), within(4), aged(5.5));
    expect(late.reasons.at(-1)?.text).toBe(
      'the answer was due 1 h 30 min ago: Outage must be answered within 4 h',
    );
    expect(hurry(decided('HIGH'), within(24), aged(24 * 30))).toEqual(decided('HIGH'));
    expect(['1 min', '2 d', '1 d 1 h']).toEqual([0.2, 2880, 1505].map(describeMinutes));
  });

  it('begins now for a message that says it comes from the future', () => {
    expect(hurry(decided('NORMAL'), within(4), aged(-50)).answerDue).toBe('2026-05-02T10:00:00.000Z');
  });

  it('does not move what a rule settled', () => {
    const ruled = { ...decided('LOW'), isSettled: true as const };
    expect(hurry(ruled, within(1), aged(3))).toMatchObject({
      priority: 'LOW',
      answerDue: '2026-05-04T09:00:00.000Z',
    });
  });
});

describe('an engine', () => {
  const taxonomy = parseTaxonomy(
    `categories:
  - { id: outage, name: Outage, description: Down., priority: NORMAL, odoo: note, reply: draft, answerWithin: 4h }
  - { id: other, name: Other, description: Else., priority: NORMAL, odoo: note, reply: draft }
replies: { en: Hi }`,
    'mine',
  );
  const book = parseRules(
    'rules: [{ id: vip, when: { from: "@vip.example" }, then: { answerWithin: 30m } }]',
    'rules',
    new Set(['outage', 'other']),
  );
  const local = createLocalEngine(taxonomy);
  const engine = createRuledEngine(
    local,
    { version: book.version, find: createRuleFinder(book.rules) },
    taxonomy,
  );
  const read = (category: string) => ({
    classification: { category, confidence: 0.9, reasons: [], alternatives: [] },
    priority: decided('NORMAL'),
  });
  const mail = messageView({ text: 'Hello' });

  it('takes the time of the category, or of a rule before it', () => {
    expect(engine.hurry(mail, read('outage'), aged(0)).answerDue).toBe('2026-05-04T12:00:00.000Z');
    expect(engine.hurry(mail, read('other'), aged(0))).toEqual(decided('NORMAL'));
    const vip = { ...mail, from: { name: '', address: 'ada@vip.example' } };
    const hurried = engine.hurry(vip, read('outage'), aged(0));
    expect(hurried.answerDue).toBe('2026-05-04T08:30:00.000Z');
    expect(hurried.reasons.at(-1)?.text).toContain('rule "vip" must be answered within 30 min');
  });

  it('owes machines and attackers no answer', () => {
    const machine = { ...mail, automatic: { kind: 'notification' as const, reasons: [] } };
    expect(engine.hurry(machine, read('outage'), aged(0))).toEqual(decided('NORMAL'));
    const { classification, priority } = read('outage');
    const suspect = { ...classification, reasons: [suspicionReason.of('it talks to the machine')] };
    expect(engine.hurry(mail, { classification: suspect, priority }, aged(0))).toEqual(decided('NORMAL'));
  });

  it.each(['4', '4 h', '0h', '100d', 'soon'])('is told that %j is no time', (time) => {
    const yaml = `categories: [{ id: other, name: O, description: E, priority: LOW, odoo: none, reply: off, answerWithin: "${time}" }]\nreplies: { en: Hi }`;
    expect(() => parseTaxonomy(yaml, 'mine')).toThrow(/answerWithin must be/);
  });
});
