import { describe, expect, it } from 'vitest';
import { hurry } from '../../../src/analysis/local/prioritize/hurry.ts';
import { findSecondRead } from '../../../src/analysis/routing/find-second-read.ts';
import { needsSecondRead } from '../../../src/analysis/routing/needs-second-read.ts';
import { reconcile } from '../../../src/analysis/routing/reconcile.ts';
import { withDoubts } from '../../../src/analysis/routing/unsure.ts';
import { suspicionReason } from '../../../src/analysis/suspicion-reason.ts';
import { type Reading, type Reason, whyPerson } from '../../../src/domain/analysis.ts';
import type { Priority } from '../../../src/domain/priority.ts';
import type { Category } from '../../../src/domain/taxonomy.ts';

const reading = (
  category: string,
  confidence: number,
  priority: Priority = 'NORMAL',
  reasons: Reason[] = [],
): Reading => ({
  classification: { category, confidence, reasons, alternatives: [{ category: 'other', confidence: 0.1 }] },
  priority: { priority, reasons: [{ text: priority, weight: 1 }] },
  summary: { line: `${category} line`, points: [] },
});

describe('a second read', () => {
  it('is needed below the threshold', () => {
    expect(needsSecondRead(reading('refund', 0.69).classification, 0.7)).toBe(true);
    expect(needsSecondRead(reading('refund', 0.7).classification, 0.7)).toBe(false);
  });

  it('is needed for whatever is suspicious, however sure', () => {
    const reasons = [suspicionReason.of('it talks to the machine')];
    expect(needsSecondRead(reading('refund', 1, 'NORMAL', reasons).classification, 0.5)).toBe(true);
  });
});

describe('a second read is worth its price', () => {
  const policy = { threshold: 0.6, importantFrom: 'HIGH' as Priority | undefined };
  const category = { name: 'Outage', reply: 'draft' as const, odoo: 'note' as const };
  const why = (read: Reading, changes: Partial<typeof policy> = {}, own: Partial<Category> = {}) =>
    findSecondRead(read, { ...category, ...own }, { ...policy, ...changes });

  it('for what the local engine is unsure of, which goes first', () => {
    const expected = {
      isUndecided: true,
      because: 'it is undecided, 42 % sure where 60 % count, which nobody measured',
    };
    expect(why(reading('refund', 0.42, 'URGENT'))).toEqual(expected);
    const reasons = [suspicionReason.of('it talks to the machine')];
    expect(why(reading('refund', 1, 'LOW', reasons))).toEqual({
      isUndecided: true,
      because: 'it is suspicious',
    });
  });

  it('by what was measured, where something was', () => {
    const sureFrom = { threshold: 0.8, targetError: 0.1, error: 0.094, coverage: 0.7, rows: 1200 };
    const measured = (one: Reading, field: 'classification' | 'priority', confidence: number): Reading => ({
      ...one,
      [field]: { ...one[field], confidence, sureFrom },
    });
    const low = measured(reading('refund', 0.79), 'classification', 0.79);
    const text = '79 % sure where 80 % count, from where on 9 % were wrong';
    expect(why(low)).toEqual({ isUndecided: true, because: `it is undecided, ${text}` });
    expect(why(measured(low, 'classification', 0.8))).toBeUndefined();
    expect(why(measured(reading('refund', 0.9), 'priority', 0.79))).toEqual({
      isUndecided: true,
      because: `its priority is undecided, ${text}`,
    });
    // What was measured stands below the usual threshold too.
    const sure = { ...sureFrom, threshold: 0.3 };
    expect(needsSecondRead({ ...low.classification, confidence: 0.3, sureFrom: sure }, 0.6)).toBe(false);

    expect(withDoubts(low, 0.6).classification.needsPerson).toBe(`the category is undecided: ${text}`);
    expect(withDoubts(reading('refund', 0.1), 0.6)).toEqual(reading('refund', 0.1));
  });

  it('which for a priority stops no answer', () => {
    const sureFrom = { threshold: 0.8, targetError: 0.3, error: 0.2, coverage: 0.7, rows: 1200 };
    const one = reading('refund', 0.9);
    const doubted = withDoubts({ ...one, priority: { ...one.priority, confidence: 0.5, sureFrom } }, 0.6);
    expect(doubted.priority.needsPerson).toContain('the priority is undecided: 50 % sure');
    expect(whyPerson(doubted)).toBeUndefined();
  });

  it('by the usual threshold, where no confidence told the right from the wrong', () => {
    const sureFrom = { threshold: 1, targetError: 0.1, error: 0, coverage: 0, rows: 40 };
    const taught = (confidence: number): Reading => {
      const one = reading('refund', confidence);
      return {
        ...one,
        classification: { ...one.classification, sureFrom },
        priority: { ...one.priority, confidence: 0.9, sureFrom },
      };
    };
    expect(why(taught(0.7))).toBeUndefined();
    expect(needsSecondRead(taught(0.7).classification, 0.6)).toBe(false);
    expect(withDoubts(taught(0.7), 0.6)).toEqual(taught(0.7));
    const text = '55 % sure where 60 % count, since more than 10 % were wrong however sure';
    expect(why(taught(0.55))?.because).toBe(`it is undecided, ${text}`);
    expect(withDoubts(taught(0.55), 0.6).classification.needsPerson).toBe(
      `the category is undecided: ${text}`,
    );
  });

  it('whose agreement settles what was measured of one of them', () => {
    for (const threshold of [0.8, 0.995, 1]) {
      const local = reading('refund', 0.79);
      const sureFrom = { threshold, targetError: 0.1, error: 0, coverage: threshold < 1 ? 0.4 : 0, rows: 40 };
      const taught = { ...local, classification: { ...local.classification, sureFrom } };
      const both = reconcile(taught, reading('refund', 0.9));
      expect(both.classification.confidence).toBe(0.979);
      expect(withDoubts(both, 0.6).classification.needsPerson).toBeUndefined();
      expect(needsSecondRead(both.classification, 0.6)).toBe(false);
    }
  });

  it('for what is pressing, from the priority on that is configured', () => {
    expect(why(reading('refund', 0.9, 'URGENT'))).toEqual({ isUndecided: false, because: 'it is urgent' });
    expect(why(reading('refund', 0.9, 'HIGH'))?.because).toBe('it is of high priority');
    expect(why(reading('refund', 0.9, 'NORMAL'))).toBeUndefined();
    expect(why(reading('refund', 0.9, 'HIGH'), { importantFrom: 'URGENT' })).toBeUndefined();
    expect(why(reading('refund', 0.9, 'URGENT'), { importantFrom: undefined })).toBeUndefined();
  });

  it('for categories and rules that say so', () => {
    expect(why(reading('outage', 0.9, 'LOW'), {}, { important: true })?.because).toBe('Outage is important');
    const read = reading('refund', 0.9, 'LOW');
    const ruled = {
      ...read,
      classification: { ...read.classification, important: 'rule "vip": sender "x"' },
    };
    expect(why(ruled)).toEqual({ isUndecided: false, because: 'rule "vip": sender "x" says so' });
  });

  it('not for what nobody answers or enters anywhere', () => {
    expect(why(reading('phishing', 0.9, 'HIGH'), {}, { reply: 'off', odoo: 'none' })).toBeUndefined();
  });
});

describe('two readings', () => {
  it('that agree are surer than either', () => {
    const { classification } = reconcile(reading('refund', 0.6), reading('refund', 0.6));
    expect(classification).toMatchObject({ category: 'refund', confidence: 0.84 });
    expect(classification.reasons[0]?.text).toBe('both engines read it alike');
  });

  it('are never quite certain', () => {
    expect(reconcile(reading('refund', 1), reading('refund', 1)).classification.confidence).toBe(0.99);
  });

  it('that disagree go to a person, with both opinions kept', () => {
    const { classification } = reconcile(reading('refund', 0.95), reading('complaint', 0.9));
    expect(classification.category).toBe('complaint');
    expect(classification.confidence).toBeLessThanOrEqual(0.3);
    expect(classification.reasons[0]?.text).toContain('refund (local) or complaint (model)');
    expect(classification.alternatives[0]?.category).toBe('refund');
  });

  it.each([
    ['phishing', 'invoice'],
    ['invoice', 'phishing'],
    ['spam', 'partnership'],
    ['spam', 'phishing'],
  ])('keep the suspicion of either side (%s, %s)', (local, model) => {
    const { classification } = reconcile(reading(local, 0.5), reading(model, 0.9));
    expect(classification.category).toBe([local, model].includes('phishing') ? 'phishing' : 'spam');
    expect(classification.confidence).toBeLessThanOrEqual(0.3);
  });

  it('stay a question when either was told to be suspicious', () => {
    const suspicious = reading('refund', 0.4, 'NORMAL', [suspicionReason.of('it talks to the machine')]);
    const { classification } = reconcile(suspicious, reading('refund', 0.9));
    expect(classification.confidence).toBeLessThanOrEqual(0.3);
    expect(classification.reasons.some(suspicionReason.is)).toBe(true);
  });

  it('that disagree about the priority go to a person too, who is told why', () => {
    const { classification, priority } = reconcile(reading('refund', 1, 'LOW'), reading('refund', 1, 'HIGH'));
    expect(priority.needsPerson).toBe('two reads disagree: priority LOW (local) or HIGH (model)');
    expect(whyPerson({ classification, priority })).toBe(priority.needsPerson);
    const alike = reconcile(reading('refund', 1, 'LOW'), reading('refund', 1, 'LOW'));
    expect(whyPerson(alike)).toBeUndefined();
    const both = reconcile(reading('refund', 1, 'LOW'), reading('order', 1, 'HIGH'));
    expect(whyPerson(both)).toContain('refund (local) or order (model); two reads disagree: priority');
  });

  it('leave a priority that a rule of the operator settled, and nobody is asked about it', () => {
    const ruled = reading('refund', 1, 'LOW');
    const local = { ...ruled, priority: { ...ruled.priority, isSettled: true as const } };
    const { priority } = reconcile(local, reading('refund', 1, 'URGENT'));
    expect(priority).toMatchObject({ priority: 'LOW', isSettled: true });
    expect(priority.needsPerson).toBeUndefined();
    expect(priority.reasons.at(-1)?.text).toBe('the other engine says URGENT; a rule settled it');
    // The answer time, which counts after both reads, moves it no more than before.
    const now = new Date('2026-05-04T11:30:00Z');
    const arrival = { receivedAt: new Date('2026-05-04T08:00:00Z'), now };
    for (const other of ['LOW', 'URGENT'] as const) {
      const both = reconcile(local, reading('refund', 1, other)).priority;
      expect(hurry(both, { minutes: 240, of: 'Outage', by: 'category' }, arrival).priority).toBe('LOW');
    }
  });

  it('keep the further categories and who waits, each of them once', () => {
    const local = reading('refund', 0.9);
    const model = reading('refund', 0.9);
    const more = (one: Reading, further: Partial<Reading['classification']>): Reading => ({
      ...one,
      classification: { ...one.classification, ...further },
    });
    const { classification } = reconcile(
      more(local, {
        labels: [
          { category: 'complaint', confidence: 0.4 },
          { category: 'refund', confidence: 0.3 },
        ],
        needsAction: true,
        needsActionReasons: [{ text: 'asks a question', weight: 1 }],
      }),
      more(model, { labels: [{ category: 'complaint', confidence: 0.6 }] }),
    );
    expect(classification.labels).toEqual([{ category: 'complaint', confidence: 0.6 }]);
    expect(classification).toMatchObject({
      needsAction: true,
      needsActionReasons: [{ text: 'asks a question' }],
    });
  });

  it('take the more pressing priority', () => {
    expect(reconcile(reading('refund', 1, 'LOW'), reading('refund', 1, 'HIGH')).priority.priority).toBe(
      'HIGH',
    );
    expect(reconcile(reading('refund', 1, 'URGENT'), reading('refund', 1, 'LOW')).priority.priority).toBe(
      'URGENT',
    );
  });
});
