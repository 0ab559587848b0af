import type { Entity, EntityKind } from '../../../domain/analysis.ts';
import { bodyField } from '../facts/body-field.ts';
import type { Facts } from '../facts/facts.ts';
import { findAmounts } from './find-amounts.ts';
import { findDeadlines } from './find-deadlines.ts';
import { findMentions } from './find-mentions.ts';
import { findNumbers } from './find-numbers.ts';
import { resolveValue } from './resolve-when.ts';

const MOST = 50;
/** Who keeps the place when two kinds claim it: a deadline holds its date, `RE-2026-01-05` is no date. */
const RANK: Readonly<Record<EntityKind, number>> = {
  deadline: 0,
  order: 1,
  invoice: 1,
  ticket: 1,
  amount: 2,
  date: 3,
};

/** Numbers, amounts, dates and deadlines of subject and body, without bank, card and telephone numbers. */
export function findEntities(facts: Facts): Entity[] {
  const sent = facts.view.date;
  const mentions = findMentions(facts);
  const deadlines = findDeadlines(facts, mentions);
  const fields = (['subject', 'body'] as const).map((field) => {
    const place = field === 'subject' ? ('subject' as const) : bodyField(facts.view);
    const { text } = facts[field];
    const inField = <T extends { readonly field: string }>(items: readonly T[]): T[] =>
      items.filter((item) => item.field === field);
    const texts = [...findNumbers(text), ...findAmounts(text)];
    const found: Entity[] = [
      ...texts.map(({ kind, start, end, value }) => ({ kind, value, in: place, start, end, text: '' })),
      ...inField(deadlines).map(({ when, start, end }) => ({
        kind: 'deadline' as const,
        value: resolveValue(when, sent),
        in: place,
        start,
        end,
        text: '',
      })),
      ...inField(mentions.filter(({ needsLead }) => !needsLead)).map(({ when, start, end }) => ({
        kind: 'date' as const,
        value: resolveValue(when, sent),
        in: place,
        start,
        end,
        text: '',
      })),
    ];
    const told = found.map((entity) => ({ ...entity, text: text.slice(entity.start, entity.end) }));
    return withoutOverlaps(place === 'visibleText' ? withoutPii(told, facts) : told);
  });
  return fields.flat().slice(0, MOST);
}

function withoutPii(entities: readonly Entity[], { view }: Facts): Entity[] {
  const barred = view.pii.filter(({ kind }) => kind === 'iban' || kind === 'card' || kind === 'phone');
  return entities.filter(({ start, end }) => !barred.some((span) => start < span.end && end > span.start));
}

function withoutOverlaps(entities: readonly Entity[]): Entity[] {
  const kept: Entity[] = [];
  for (const entity of entities.toSorted((a, b) => RANK[a.kind] - RANK[b.kind] || a.start - b.start)) {
    if (!kept.some(({ start, end }) => entity.start < end && entity.end > start)) kept.push(entity);
  }
  return kept.sort((a, b) => a.start - b.start);
}
