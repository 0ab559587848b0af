import type { Classification, Entity, NextAction, Sentiment } from '../../../domain/analysis.ts';
import type { AutomaticKind } from '../../../domain/message.ts';
import type { Category } from '../../../domain/taxonomy.ts';
import { suspicionReason } from '../../suspicion-reason.ts';

type Action = NextAction['action'];

/** Under this confidence the category is a guess, and a guess starts no work. */
const GUESS = 0.35;
/** So upset that a prepared answer makes it worse. */
const FURIOUS = -0.6;

/** Work that follows from the category alone, for those of the built-in taxonomy. */
const BY_CATEGORY: ReadonlyMap<string, readonly [Action, string]> = new Map([
  ['outage', ['handle-now', 'something does not work that others wait for']],
  ['invoice', ['forward-to-accounting', 'it is about an invoice']],
  ['payment', ['forward-to-accounting', 'it is about a payment']],
  ['legal', ['forward-to-legal', 'it has legal consequences']],
  ['personal-data-request', ['forward-to-legal', 'the law sets a time for requests about personal data']],
  ['job-application', ['forward-to-human-resources', 'somebody applies for work']],
  ['meeting', ['schedule', 'it is about a time to meet']],
  ['order-status', ['look-up-order', 'the sender asks where an order is']],
  ['refund', ['look-up-order', 'the sender wants money or goods back']],
  ['newsletter', ['ignore', 'it is a newsletter']],
]);

export interface Situation {
  readonly classification: Classification;
  readonly category: Category | undefined;
  readonly automatic: AutomaticKind;
  readonly entities: readonly Entity[];
  readonly sentiment: Sentiment;
}

/** What a person would do with the message next, and why. Pure; threats first, then the sender, then the matter. */
export function suggestNextAction(situation: Situation): NextAction {
  const { entities } = situation;
  const [action, why] = threat(situation) ?? automatic(situation) ?? doubt(situation) ?? matter(situation);
  const told = [...new Set(relevant(action, entities).map(({ text }) => text.replace(/\s+/g, ' ')))].slice(
    0,
    3,
  );
  const due = entities.find(({ kind }) => kind === 'deadline')?.value ?? '';
  const idle = action === 'ignore' || action === 'file' || action === 'quarantine';
  const facts = idle ? '' : [told.join(', '), due === '' ? '' : `due ${due}`].filter(Boolean).join('; ');
  return { action, reason: facts === '' ? why : `${why} (${facts})` };
}

function threat({ classification }: Situation): readonly [Action, string] | undefined {
  if (classification.category === 'phishing')
    return ['quarantine', 'it looks like phishing: open nothing in it'];
  if (classification.category === 'spam') return ['ignore', 'it looks like spam'];
  const isSuspicious = classification.reasons.some(suspicionReason.is);
  return isSuspicious ? ['ask-a-person', 'it was found suspicious'] : undefined;
}

function automatic({ automatic: kind, classification }: Situation): readonly [Action, string] | undefined {
  if (kind === 'bounce' || classification.category === 'bounce') {
    return ['check-address', 'a mail of ours could not be delivered'];
  }
  if (kind === 'auto-reply' || classification.category === 'auto-reply') {
    return ['ignore', 'an automatic answer waits for nothing'];
  }
  return kind === 'list' ? ['ignore', 'it went to a mailing list'] : undefined;
}

function doubt({ classification, sentiment }: Situation): readonly [Action, string] | undefined {
  if (sentiment.score <= FURIOUS) return ['ask-a-person', 'the sender is upset: a person answers best'];
  const percent = Math.round(classification.confidence * 100);
  return classification.confidence < GUESS
    ? ['ask-a-person', `the category is only ${percent} % sure`]
    : undefined;
}

function matter({ classification, category, automatic: kind }: Situation): readonly [Action, string] {
  const known = BY_CATEGORY.get(classification.category);
  if (known !== undefined) return known;
  const name = category?.name ?? classification.category;
  if (kind === 'notification' || category?.reply === 'off')
    return ['file', `${name}: nobody waits for an answer`];
  return category?.odoo === 'lead'
    ? ['create-lead', `${name}: it may become business`]
    : ['answer', `${name}: the sender waits for an answer`];
}

/** The numbers and amounts that the action needs. */
function relevant(action: Action, entities: readonly Entity[]): readonly Entity[] {
  const kinds: Partial<Record<Action, readonly string[]>> = {
    'forward-to-accounting': ['invoice', 'amount', 'order'],
    'look-up-order': ['order', 'invoice'],
    'create-lead': ['order', 'amount'],
    schedule: ['date'],
    answer: ['order', 'invoice', 'ticket'],
    'ask-a-person': ['ticket', 'order', 'invoice'],
  };
  return entities.filter(({ kind }) => kinds[action]?.includes(kind));
}
