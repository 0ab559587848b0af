import { describe, expect, it } from 'vitest';
import { changeCategory } from '../../../api/operations/change-category.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import type { PriorityDecision } from '../../../src/domain/analysis.ts';
import type { AutomaticKind } from '../../../src/domain/message.ts';

const receivedAt = new Date('2026-05-04T08:00:00Z');
const house = loadTaxonomy();
const taxonomy = {
  ...house,
  categories: house.categories.map((one) => (one.id === 'outage' ? { ...one, answerWithin: 240 } : one)),
};

/** Until when the answer is due after a person chose; 'kept': as before. */
async function choose(
  category: string,
  automatic: AutomaticKind = 'person',
  by: PriorityDecision['answerDueBy'] = 'category',
): Promise<Date | null | 'kept'> {
  let due: Date | null | 'kept' = 'kept';
  const priority: PriorityDecision = { priority: 'HIGH', reasons: [], answerDueBy: by };
  const row = { accountId: 'a', state: 'settled', automatic, receivedAt, parkedAt: receivedAt, body: null };
  const deps = {
    messageList: { get: async () => ({ ...row, analysis: { priority } }) },
    taxonomies: { get: async () => taxonomy },
    recordCorrection: async () => undefined,
    messages: {
      changeCategory: async (_id: string, _category: string, _by: string, answerDue?: Date | null) => {
        due = answerDue === undefined ? 'kept' : answerDue;
      },
    },
  };
  await changeCategory(deps as unknown as Parameters<typeof changeCategory>[0], 'm', category);
  return due;
}

describe('a category that a person chooses', () => {
  it('brings its time to answer, or takes away that of the one before', async () => {
    expect(await choose('outage')).toEqual(new Date('2026-05-04T12:00:00Z'));
    expect(await choose('feedback')).toBeNull();
  });

  it('leaves the time that a rule set', async () => {
    expect(await choose('feedback', 'person', 'rule')).toBe('kept');
  });

  it('sets none for what a machine wrote', async () => {
    expect(await choose('outage', 'notification')).toBeNull();
  });
});
