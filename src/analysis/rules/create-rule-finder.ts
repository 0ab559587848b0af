import type { MessageView } from '../../domain/message.ts';
import type { RoutingRule } from '../../domain/routing-rule.ts';
import { foldWords } from '../local/lexicon/fold-words.ts';
import { parseSignal, type SignalWord } from '../local/lexicon/parse-signal.ts';

/** A rule that fits, and by what: `sender ada@example.com, subject "invoice"`. */
export interface RuleMatch {
  readonly rule: RoutingRule;
  readonly because: string;
  /** It goes by who wrote it, which can be forged. */
  readonly bySender: boolean;
}

export type FindRules = (view: MessageView) => readonly RuleMatch[];

const SUBJECT_CAP = 500;
const MOST_RECIPIENTS = 100;

/** The rules that fit a message, in their order. Time grows with rules and subject, not with the text. */
export function createRuleFinder(rules: readonly RoutingRule[]): FindRules {
  const compiled = rules.map((rule) => ({ rule, phrases: rule.when.subject?.map(toPhrase) }));
  return (view) => {
    const words = foldWords(view.subject.slice(0, SUBJECT_CAP));
    return compiled.flatMap(({ rule, phrases }) => {
      const because = explain(rule, view, phrases, words);
      const bySender = rule.when.from !== undefined || rule.when.listId !== undefined;
      return because === undefined ? [] : [{ rule, because, bySender }];
    });
  };
}

interface Phrase {
  readonly shown: string;
  readonly words: readonly SignalWord[];
}

function explain(
  { when }: RoutingRule,
  view: MessageView,
  phrases: readonly Phrase[] | undefined,
  words: readonly string[],
): string | undefined {
  const recipients = [...view.to, ...view.cc].slice(0, MOST_RECIPIENTS).map(({ address }) => address);
  const found: (string | undefined)[] = [];
  if (when.from) found.push(named('sender', findAddress(when.from, [view.from.address])));
  if (when.listId)
    found.push(
      named(
        'list',
        when.listId.find((id) => same(id, view.automatic.listId)),
      ),
    );
  if (phrases) {
    found.push(named('subject', phrases.find((phrase) => holds(words, phrase.words))?.shown));
  }
  if (when.to) found.push(named('recipient', findAddress(when.to, recipients)));
  return found.includes(undefined) ? undefined : found.join(', ');
}

function named(kind: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${kind} "${value}"`;
}

function same(a: string, b: string | undefined): boolean {
  return b !== undefined && a.toLowerCase() === b.toLowerCase();
}

/** The pattern that one of the addresses fits. */
function findAddress(patterns: readonly string[], addresses: readonly string[]): string | undefined {
  return patterns.find((pattern) => {
    const wanted = pattern.toLowerCase();
    return addresses.some((address) =>
      wanted.startsWith('@') ? address.slice(address.lastIndexOf('@')) === wanted : address === wanted,
    );
  });
}

function toPhrase(text: string): Phrase {
  return { shown: text, words: parseSignal(text).words };
}

function holds(words: readonly string[], phrase: readonly SignalWord[]): boolean {
  const fits = (word: string | undefined, { text, isStem }: SignalWord) =>
    word !== undefined && (isStem ? word.startsWith(text) : word === text);
  return phrase.length > 0 && words.some((_, start) => phrase.every((one, i) => fits(words[start + i], one)));
}
