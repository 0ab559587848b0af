import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { LearningStore } from '../db/learning-store.ts';
import type { SenderDecisionStore } from '../db/sender-decision-store.ts';
import type { Embedder } from './analysis/embedding/embedder.ts';
import { createLearner } from './analysis/learned/create-learner.ts';
import { createRecollection } from './analysis/learned/create-recollection.ts';
import { decodeModel } from './analysis/learned/encode-model.ts';
import type { FieldKnowledge, Learned } from './analysis/learned/learned.ts';
import { toMeanings } from './analysis/learned/meaning/to-meanings.ts';
import { toLearnedText } from './analysis/learned/to-learned-text.ts';
import { createSenderPatterns } from './analysis/rules/sender-patterns.ts';
import { createFreshReader } from './create-fresh-reader.ts';
import { LEARNED_FIELDS, type LearnedField } from './domain/learning.ts';
import type { MessageView } from './domain/message.ts';
import { modelPlace, openGrams, openMeaning } from './sealed-learning.ts';
import type { Sealer } from './security/seal.ts';

/** A model of thousands of rows takes some 20 MB. */
const MOST_ACCOUNTS = 20;
/** Those that work before the next training; older ones are in the model. */
const MOST_CORRECTIONS = 300;
const MOST_SENDER_DECISIONS = 5000;

interface Entry {
  readonly state: string;
  readonly learned: Learned | undefined;
  /** Something was taught with the embedding model that is installed. */
  readonly usesMeaning: boolean;
}

export interface LearnedStores {
  readonly learning: LearningStore;
  readonly senderDecisions?: SenderDecisionStore;
}

export interface LearnedOptions {
  /** undefined: none is installed. */
  readonly embedder?: Embedder | undefined;
  /** Told once of what an earlier version stored. */
  readonly logger?: Pick<Logger, 'warn'> | undefined;
}

/** Loads what an account was taught, and keeps it until that changes; adds what the message means where that counts. */
export function createLearnedSource(
  { learning: store, senderDecisions }: LearnedStores,
  sealer: Sealer,
  { embedder, logger }: LearnedOptions = {},
): (accountId: string, view?: MessageView) => Promise<Learned | undefined> {
  const entries = new LRUCache<string, Entry>({ max: MOST_ACCOUNTS });
  const tellLeftAside = createTeller(logger);

  async function load(accountId: string): Promise<Entry> {
    const [taught, decided = ''] = await Promise.all([
      store.getState(accountId),
      senderDecisions?.getState(accountId),
    ]);
    const state = `${taught} ${decided}`.trim();
    const known = entries.get(accountId);
    if (known?.state === state) return known;
    const nothing = { learned: undefined, usesMeaning: false };
    const entry = { state, ...(state === '' ? nothing : await read(accountId, state)) };
    entries.set(accountId, entry);
    return entry;
  }

  async function read(accountId: string, state: string): Promise<Omit<Entry, 'state'>> {
    let usesMeaning = false;
    const fields: Partial<Record<LearnedField, FieldKnowledge>> = {};
    const leftOut = new Set<string>();
    let corrected = false;
    for (const field of LEARNED_FIELDS) {
      const [row, corrections] = await Promise.all([
        store.findModel(accountId, field),
        store.listExamples(accountId, field, MOST_CORRECTIONS, 'correction'),
      ]);
      const model = row && decodeModel(sealer.open(row.body, modelPlace(accountId, field)));
      const known = corrections.flatMap((one) => {
        const grams = openGrams(one, sealer);
        return grams === undefined ? [] : [{ label: one.label, grams, meaning: openMeaning(one, sealer) }];
      });
      const isOld = row !== undefined && model === undefined;
      if (isOld) leftOut.add(`${field}:${row.version}`);
      tellLeftAside({ accountId, field, model: isOld, corrections: corrections.length - known.length });
      corrected ||= known.length > 0;
      if (model === undefined && known.length === 0) continue;
      const embedders = [model?.meaning?.embedder, ...known.map(({ meaning }) => meaning?.embedder)];
      usesMeaning ||= embedder !== undefined && embedders.includes(embedder.id);
      fields[field] = { learner: model && createLearner(model), recollect: createRecollection(known) };
    }
    const decisions = await senderDecisions?.list(accountId, MOST_SENDER_DECISIONS);
    const inForce = state
      .split(' ')
      .filter((part) => !leftOut.has(part) && (corrected || !part.startsWith('corrections:')));
    if (inForce.length === 0) return { learned: undefined, usesMeaning };
    const learned = { version: toVersion(inForce.join(' ')), fields };
    if (decisions === undefined || decisions.length === 0) return { learned, usesMeaning };
    const version = `senders.${toHash(state.slice(state.indexOf('senders:')))}`;
    return { learned: { ...learned, senders: createSenderPatterns(decisions, version) }, usesMeaning };
  }

  const fresh = createFreshReader(load);
  return async (accountId, view) => {
    const { learned, usesMeaning } = await fresh.get(accountId);
    if (learned === undefined || view === undefined || !usesMeaning) return learned;
    const [meaning] = await toMeanings(embedder, [toLearnedText(view)]);
    // Part of the provenance: without the model the same mail may be decided otherwise.
    const version = `${learned.version}+${embedder?.id ?? ''}`;
    return meaning === undefined ? learned : { ...learned, version, meaning };
  };
}

interface LeftAside {
  readonly accountId: string;
  readonly field: LearnedField;
  readonly model: boolean;
  readonly corrections: number;
}

/** An account that is loaded again has nothing new to tell. */
function createTeller(logger: LearnedOptions['logger']): (what: LeftAside) => void {
  const told = new Set<string>();
  return ({ accountId, field, model, corrections }) => {
    const key = `${accountId}/${field}/${model}/${corrections > 0}`;
    if ((!model && corrections === 0) || told.has(key)) return;
    told.add(key);
    const fix = `npm run mailroom -- learn --account ${accountId} --field ${field} --corrections; with --file or --folder where those taught it`;
    logger?.warn(
      { accountId, field, model, corrections, fix },
      'What an earlier version was taught is left aside until it is taught anew',
    );
  };
}

/** Short and the same for the same state: "learned.1f3a9c2b". */
function toVersion(state: string): string {
  return `learned.${toHash(state)}`;
}

function toHash(state: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < state.length; i++) hash = Math.imul(hash ^ state.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
