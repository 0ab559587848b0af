import { getDomain } from 'tldts';
import type { Account } from '../../domain/account.ts';
import type { MessageView } from '../../domain/message.ts';
import type { RawFacts } from '../../domain/raw-facts.ts';
import {
  INCOMPLETE_SYMBOL,
  INJECTION_SYMBOL,
  type Threat,
  type ThreatSymbol,
  toThreat,
} from '../../domain/threat.ts';
import { scoreInjection } from './injection/detect-injection.ts';
import { type LinearModel, scoreFeatures } from './model/linear-model.ts';
import { loadLinearModel } from './model/load-linear-model.ts';
import { isLeftUnread, shownTexts } from './shown-texts.ts';
import { spamFeatures } from './spam/spam-features.ts';
import { authenticationSymbols } from './symbols/authentication-symbols.ts';
import { codeSymbols, linksOfCodes } from './symbols/code-symbols.ts';
import { fileSymbols } from './symbols/file-symbols.ts';
import { findLinks } from './symbols/find-links.ts';
import { linkSymbols } from './symbols/link-symbols.ts';
import { senderSymbols } from './symbols/sender-symbols.ts';
import { wordingSymbols } from './symbols/wording-symbols.ts';

export interface ThreatSettings {
  /** Names that our own receivers write into Authentication-Results, lower-case; empty: none is believed. */
  readonly authservIds: readonly string[];
  /** Full names of our own people. */
  readonly people: readonly string[];
}

export type AssessThreat = (
  raw: RawFacts,
  view: MessageView,
  account: Pick<Account, 'name' | 'address'>,
) => Threat;

export const loadSpamModel = (): LinearModel =>
  loadLinearModel(new URL('./spam/spam-model.json', import.meta.url));
export const loadInjectionModel = (): LinearModel =>
  loadLinearModel(new URL('./injection/injection-model.json', import.meta.url));

const NOT_READ_WHOLE: ThreatSymbol = {
  name: INCOMPLETE_SYMBOL,
  score: 1,
  reason: 'not all of it could be read, so not all of it was judged',
};

/** Judges one message in process: no network, linear time, nothing of the message kept but hosts and file endings. */
export function createThreatAssessor({ authservIds, people }: ThreatSettings): AssessThreat {
  const spam = loadSpamModel();
  const injection = loadInjectionModel();
  return (raw, view, account) => {
    const domain = getDomain(account.address.split('@').at(-1) ?? '');
    const own = { domains: domain === null ? [] : [domain], people };
    const texts = shownTexts(view);
    const written = findLinks(raw.html, texts);
    const codes = linksOfCodes(view);
    const links = [...codes, ...written];
    return toThreat([
      ...(view.incomplete || isLeftUnread(view) ? [NOT_READ_WHOLE] : []),
      ...authenticationSymbols(view, raw, authservIds),
      ...senderSymbols(view, own),
      ...linkSymbols(links, view, own),
      ...codeSymbols(codes, written, view),
      ...fileSymbols(raw),
      ...wordingSymbols(view, texts, links),
      ...spamSymbols(spam, view, raw),
      ...injectionSymbols(injection, [view.subject, ...texts], raw),
    ]);
  };
}

function spamSymbols(model: LinearModel, view: MessageView, raw: RawFacts): ThreatSymbol[] {
  const share = scoreFeatures(model, spamFeatures(view, raw));
  if (share < model.threshold) return [];
  return [
    { name: 'SPAM_LIKELY', score: 2.5, reason: `words and shape of bulk advertising (${percent(share)})` },
  ];
}

function injectionSymbols(model: LinearModel, texts: readonly string[], raw: RawFacts): ThreatSymbol[] {
  const shown = Math.max(...texts.map((text) => scoreInjection(model, text)));
  // What readers do not see, a model would: hidden text stands in the HTML as sent only.
  const hidden = scoreInjection(model, raw.html.replace(/<[^<>]{0,2000}>/g, '\n'));
  const top = Math.max(shown, hidden);
  if (top < model.threshold) return [];
  const where = shown < model.threshold ? ', hidden from readers' : '';
  return [
    {
      name: INJECTION_SYMBOL,
      score: 4,
      reason: `gives orders to the machine that reads it${where} (${percent(top)})`,
    },
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
