import { describe, expect, it } from 'vitest';
import { createLocalEngine } from '../../../../src/analysis/local/create-local-engine.ts';
import { reconcile } from '../../../../src/analysis/routing/reconcile.ts';
import { createRuleFinder } from '../../../../src/analysis/rules/create-rule-finder.ts';
import { createRuledEngine } from '../../../../src/analysis/rules/create-ruled-engine.ts';
import { parseRules } from '../../../../src/analysis/rules/parse-rules.ts';
import { createSenderPatterns } from '../../../../src/analysis/rules/sender-patterns.ts';
import { loadTaxonomy } from '../../../../src/analysis/taxonomy/load-taxonomy.ts';
import type { MessageView } from '../../../../src/domain/message.ts';
import { senderKeyOf } from '../../../../src/domain/sender-key.ts';
import { type Threat, toThreat } from '../../../../src/domain/threat.ts';
import { messageView } from '../../../support/message-view.ts';
import { assess, letter } from '../threat/assess.ts';

const house = loadTaxonomy();
const taxonomy = {
  ...house,
  categories: house.categories.map((one) => (one.id === 'order' ? { ...one, reply: 'auto' as const } : one)),
};
const RULES = `
rules:
  - id: boss
    when: { from: boss@customer.com }
    then: { category: order, priority: LOW, labels: payment }
  - id: tea-list
    when: { listId: tea.example.org }
    then: { category: newsletter, priority: URGENT }
  - id: tulips
    when: { subject: tulips }
    then: { category: feedback, priority: NORMAL }
`;
const book = parseRules(RULES, 'r.yaml', new Set(taxonomy.categories.map(({ id }) => id)));
const local = createLocalEngine(taxonomy);
const finder = createRuleFinder(book.rules);
const engine = createRuledEngine(local, { version: book.version, find: finder }, taxonomy);
const plain = createRuledEngine(local, { version: '0', find: () => [] }, taxonomy);

const symbol = (name: string, score: number) => ({ name, score, reason: name });
const NOTHING_KNOWN = toThreat([]);
const PROVEN = toThreat([symbol('DMARC_PASS', -1)]);
const FAILING = toThreat([symbol('SPF_FAIL', 2), symbol('DKIM_FAIL', 1.5)]);
const FROM_MISSING = toThreat([symbol('FROM_MISSING', 2)]);
const NO_POLICY = await assess(
  letter('Good morning', {
    from: 'boss@customer.com',
    header: [
      'Authentication-Results: mx.nordwind.example; spf=pass smtp.mailfrom=evil.com; dkim=none; dmarc=none',
    ],
  }),
);
const boss = (threat: Threat | undefined, facts: Partial<MessageView> = {}) =>
  messageView({ from: { name: '', address: 'boss@customer.com' }, text: 'A few words.', threat, ...facts });
const fitting = (view: MessageView) =>
  engine.classify(view).reasons.filter(({ text }) => text.startsWith('rule "'));

describe('a rule that goes by the sender', () => {
  it.each([
    ['failed below the flag', FAILING],
    ['passed for another domain alone', NO_POLICY],
    ['had no address to check', FROM_MISSING],
  ])('is left aside where authentication %s, which is said', (_what, threat) => {
    expect(threat.trust).toBe('unverified');
    for (const facts of [
      {},
      { automatic: { kind: 'list', reasons: [], listId: 'tea.example.org' } as const },
    ]) {
      const decided = engine.classify(boss(threat, facts));
      expect(decided.category).toBe(local.classify(boss(threat, facts)).category);
      expect(decided.labels).toBeUndefined();
      expect(decided.reasons.at(-1)?.text).toContain(
        'left aside, because its sender is in doubt: rule "boss"',
      );
    }
  });

  it('leaves the word to one that goes by something else', () => {
    const view = boss(FAILING, { subject: 'tulips' });
    const decided = engine.classify(view);
    expect(decided).toMatchObject({ category: 'feedback', confidence: 0.99 });
    expect(engine.prioritize(view, decided).priority).toBe('NORMAL');
  });

  it('may still hurry, and never calms', () => {
    const view = boss(FAILING);
    expect(engine.prioritize(view, engine.classify(view)).priority).not.toBe('LOW');
    const listed = boss(FAILING, { automatic: { kind: 'list', reasons: [], listId: 'tea.example.org' } });
    expect(engine.prioritize(listed, engine.classify(listed)).priority).toBe('URGENT');
  });

  it('decides where nothing is known of the sender, but lets no answer leave unattended', () => {
    for (const threat of [NOTHING_KNOWN, undefined]) {
      const decided = engine.classify(boss(threat));
      expect(decided).toMatchObject({ category: 'order', confidence: 0.99 });
      expect(decided.needsPerson).toBe('rule "boss" goes by a sender that nothing proves');
      const { needsPerson: _, ...agreeing } = decided;
      const rest = { priority: { priority: 'LOW', reasons: [] }, summary: { line: '', points: [] } } as const;
      const both = reconcile({ classification: decided, ...rest }, { classification: agreeing, ...rest });
      expect(both.classification.needsPerson).toBe(decided.needsPerson);
    }
    const typed = boss(PROVEN, { forwardedFrom: { name: '', address: 'boss@customer.com', subject: '' } });
    expect(engine.classify(typed).needsPerson).toBeDefined();
    expect(engine.classify(boss(PROVEN))).toMatchObject({ category: 'order', confidence: 0.99 });
    expect(engine.classify(boss(PROVEN)).needsPerson).toBeUndefined();
    const list = messageView({ automatic: { kind: 'list', reasons: [], listId: 'tea.example.org' } });
    expect(engine.classify({ ...list, threat: NOTHING_KNOWN }).needsPerson).toBeUndefined();
  });
});

describe('a rule of another opinion', () => {
  const view = boss(PROVEN, {
    subject: 'Your newsletter',
    text: 'Our newsletter of this week. Could you tell me what the lamps cost? Unsubscribe here.',
  });

  it('leaves the others what remains', () => {
    const { confidence, alternatives } = engine.classify(view);
    const total = alternatives.reduce((sum, one) => sum + one.confidence, confidence);
    expect(alternatives.length).toBeGreaterThan(0);
    expect(total).toBeLessThanOrEqual(1.002);
  });

  it('has labels and whether somebody waits judged for its category', () => {
    expect(local.classify(view)).toMatchObject({ category: 'newsletter', needsAction: false });
    expect(fitting(view)).toHaveLength(1);
    const { needsAction, labels } = engine.classify(view);
    expect(needsAction).toBe(true);
    expect(labels).toEqual([
      { category: 'payment', confidence: 0.99 },
      ...(local.judgeFurther(view, 'order').labels ?? []),
    ]);
  });
});

describe('the past of a sender', () => {
  const learnedOf = (sender: string, field: 'category' | 'priority', label: string) => ({
    version: 'l1',
    fields: {},
    senders: createSenderPatterns(Array(3).fill({ sender, field, label }), 's1'),
  });

  it.each([
    ['nothing is known', NOTHING_KNOWN],
    ['the domain has no policy', NO_POLICY],
    ['the domain has no policy and nothing passed', toThreat([symbol('FROM_OF_LIST', 0)])],
    ['From tells no address', FROM_MISSING],
  ])('settles no category where %s, and is not learned from there', (_what, threat) => {
    const learned = learnedOf('from:boss@customer.com', 'category', 'meeting');
    expect(plain.classify(boss(PROVEN), learned).category).toBe('meeting');
    expect(plain.classify(boss(threat), learned).category).not.toBe('meeting');
    expect(senderKeyOf(boss(threat), 'category')).toBeUndefined();
    expect(senderKeyOf(boss(threat), 'priority')).not.toBe('from:boss@customer.com');
  });

  it('moves a priority up where nothing is known, and never down', () => {
    const view = boss(NOTHING_KNOWN);
    const read = local.prioritize(view, local.classify(view)).priority;
    expect(read).toBe('NORMAL');
    const key = senderKeyOf(view, 'priority') ?? '';
    const decide = (label: string, one = view) =>
      plain.prioritize(one, plain.classify(one), learnedOf(key, 'priority', label)).priority;
    expect([decide('HIGH'), decide('LOW')]).toEqual(['HIGH', 'NORMAL']);
    for (const threat of [FAILING, NO_POLICY, FROM_MISSING])
      expect(decide('HIGH', boss(threat))).toBe('NORMAL');
  });

  it('of a list is that of its domain', () => {
    const automatic = { kind: 'list', reasons: [], listId: 'tea.example.org' } as const;
    expect(senderKeyOf(boss(PROVEN, { automatic }), 'category')).toBe('list:tea.example.org@customer.com');
  });
});
