import type { LocalEngine } from '../../../src/analysis/engine.ts';
import type { Classification, Findings, Reading } from '../../../src/domain/analysis.ts';
import type { MessageView } from '../../../src/domain/message.ts';
import type { Category, Taxonomy } from '../../../src/domain/taxonomy.ts';
import { messageView } from '../../support/message-view.ts';

export function category(id: string, facts: Partial<Category> = {}): Category {
  return {
    id,
    name: `Name of ${id}`,
    description: '',
    signals: {},
    priority: 'NORMAL',
    odoo: 'lead',
    reply: 'draft',
    ...facts,
  };
}

export const TAXONOMY: Taxonomy = {
  version: 't1',
  categories: [
    category('order'),
    category('note-only', { odoo: 'note' }),
    category('silent', { odoo: 'none', reply: 'off' }),
    category('instant', { reply: 'auto' }),
  ],
  replies: { en: 'Thank you, {name}.' },
};

export const VIEW = messageView({
  subject: 'Offer',
  from: { name: 'Ada', address: 'ada@example.com' },
  to: [],
  messageIdHeader: 'a@example.com',
  date: undefined,
  text: 'secret words',
  warnings: ['odd charset'],
});

export function classification(id: string, confidence = 0.5): Classification {
  return { category: id, confidence, reasons: [{ text: `says ${id}`, weight: 1 }], alternatives: [] };
}

export function reading(id: string, by: string): Reading {
  return {
    classification: classification(id),
    priority: { priority: 'NORMAL', reasons: [{ text: by, weight: 1 }] },
    summary: { line: `by ${by}`, points: [] },
  };
}

export function findings(id: string): Findings {
  return {
    entities: [],
    sentiment: { score: 0, label: 'neutral', reasons: [] },
    nextAction: { action: 'answer', reason: `about ${id}` },
  };
}

/** When every message here came. */
export const RECEIVED_AT = new Date('2026-05-04T08:00:00Z');

/** Says `order` of everything. */
export const LOCAL: LocalEngine = {
  provenance: {
    engine: 'local',
    engineVersion: '1',
    model: undefined,
    promptVersion: undefined,
    taxonomyVersion: 't1',
  },
  analyse: async () => reading('order', 'local'),
  classify: () => reading('order', 'local').classification,
  prioritize: () => reading('order', 'local').priority,
  hurry: (_view, { priority }) => priority,
  summarize: () => reading('order', 'local').summary,
  judgeFurther: () => ({}),
  assess: (_, { category: id }) => findings(id),
  provenanceWith: () => LOCAL.provenance,
};
