import type { Reason } from '../../../domain/analysis.ts';
import type { Category } from '../../../domain/taxonomy.ts';
import type { Facts, WeighedHit } from '../facts/facts.ts';
import { findDeadline } from '../prioritize/find-deadline.ts';

export interface ActionJudgement {
  readonly needsAction: boolean;
  readonly needsActionReasons: readonly Reason[];
}

/** A question mark ends a word, not an address of the web. */
const QUESTION = /[\p{L}\p{N})"”»]\s{0,2}\?(?:\s|$)/u;
const HEAD = 4000;

/** Whether somebody waits for us to answer, decide or do something, and why; by what the letter itself says. */
export function judgeAction(facts: Facts, category: Category | undefined): ActionJudgement {
  if (facts.automatic !== 'person') return no('a machine wrote it: nobody waits');
  if (category?.reply === 'off' && category.odoo === 'none') {
    return no(`${category.name}: nobody waits for an answer`);
  }
  const reasons: Reason[] = [];
  const request = facts.cues.find((cue) => cue.hit.phrase.target.id === 'request' && isInLetter(facts, cue));
  if (request !== undefined) {
    reasons.push({ text: `asks for something ("${request.hit.phrase.text}")`, weight: 1 });
  }
  const letter = facts.body.text.slice(0, Math.min(HEAD, facts.letterEnd));
  if (QUESTION.test(`${facts.subject.text}\n${letter}`)) reasons.push({ text: 'asks a question', weight: 1 });
  const deadline = findDeadline(facts);
  if (deadline !== undefined) reasons.push({ text: deadline.text, weight: 0.5 });
  if (reasons.length > 0) return { needsAction: true, needsActionReasons: reasons };
  const thanks = facts.cues.some((cue) => cue.hit.phrase.target.id === 'thanks');
  return no(thanks ? 'it says thanks and asks for nothing' : 'it neither asks nor wants anything');
}

function no(text: string): ActionJudgement {
  return { needsAction: false, needsActionReasons: [{ text, weight: -1 }] };
}

function isInLetter({ body, letterEnd }: Facts, { field, hit }: WeighedHit): boolean {
  return field !== 'body' || (body.starts[hit.word] ?? 0) < letterEnd;
}
