import { USUAL_TARGET_ERROR } from './analysis/learned/fit-sure-from.ts';
import type { LearnedField } from './domain/learning.ts';
import { PRIORITIES, type Priority } from './domain/priority.ts';
import type { EnvironmentReader as Reader } from './environment-reader.ts';

/** What one engine needs to be asked. */
export type EngineSettings =
  | {
      readonly engine: 'anthropic' | 'mistral';
      readonly apiKey: string;
      /** undefined: the vendor's. */
      readonly baseUrl: string | undefined;
      readonly model: string;
    }
  | { readonly engine: 'ollama'; readonly host: string; readonly model: string };

export interface ModelSettings {
  /** Asked in this order, the next when one is out; empty: only the local engine decides. */
  readonly engines: readonly EngineSettings[];
  /** 0 to 1: below this confidence the local engine is unsure, where nothing was measured. */
  readonly threshold: number;
  /** For each account that has no budget of its own, by UTC day; undefined: no limit. */
  readonly tokensPerDay: number | undefined;
  /** From which priority on a model is asked although the local engine is sure; undefined: for no priority. */
  readonly importantFrom: Priority | undefined;
  /** Share of the tokens a day, 0 to 1, that only mail may take which the local engine is unsure of. */
  readonly undecidedShare: number;
  /** What share of the sure decisions may be wrong, 0 to 1: training chooses the confidence that keeps to it. */
  readonly targetErrors: Readonly<Record<LearnedField, number>>;
}

const SWITCHES = {
  anthropic: 'ANTHROPIC_API_KEY',
  mistral: 'MISTRAL_API_KEY',
  ollama: 'OLLAMA_HOST',
} as const;
const ENGINES = Object.keys(SWITCHES) as (keyof typeof SWITCHES)[];

/** An engine is there when its key, or its host, is; `MAILROOM_ENGINES` chooses among them and orders them. */
export function readModelSettings(read: Reader): ModelSettings {
  const known = { ...readVendors(read), ...readOllama(read) };
  const named = read.list('MAILROOM_ENGINES', ',').map((name) => name.toLowerCase());
  const engines: EngineSettings[] = [];
  for (const name of new Set(named.length > 0 ? named : ENGINES)) {
    const engine = ENGINES.find((id) => id === name);
    const settings = engine && known[engine];
    if (engine === undefined) {
      read.fault(`MAILROOM_ENGINES names ${JSON.stringify(name)}. Write any of: ${ENGINES.join(', ')}.`);
    } else if (settings !== undefined) {
      engines.push(settings);
    } else if (named.length > 0) {
      read.fault(
        `MAILROOM_ENGINES names ${engine}, which needs ${SWITCHES[engine]}. Set it, or leave it out.`,
      );
    }
  }
  return {
    engines,
    threshold: read.number('MODEL_THRESHOLD', 0, 1, false) ?? 0.6,
    tokensPerDay: read.number('MODEL_TOKENS_PER_DAY', 0, 1_000_000_000_000),
    importantFrom: readImportantFrom(read),
    targetErrors: {
      category: read.number('TARGET_ERROR', 0, 1, false) ?? USUAL_TARGET_ERROR,
      priority: read.number('TARGET_ERROR_PRIORITY', 0, 1, false) ?? 0.3,
    },
    undecidedShare: read.number('MODEL_UNDECIDED_SHARE', 0, 1, false) ?? 0.5,
  };
}

function readImportantFrom(read: Reader): Priority | undefined {
  const given = read.choice('MODEL_IMPORTANT_FROM', ['urgent', 'high', 'normal', 'low', 'none']) ?? 'high';
  return PRIORITIES.find((priority) => priority.toLowerCase() === given);
}

type Known = { readonly [Name in keyof typeof SWITCHES]?: EngineSettings };

function readVendors(read: Reader): Known {
  const vendor = (engine: 'anthropic' | 'mistral', prefix: string, usual: string) => {
    const apiKey = read.text(`${prefix}_API_KEY`);
    const baseUrl = read.url(`${prefix}_BASE_URL`, ['http:', 'https:']);
    const model = read.text(`${prefix}_MODEL`) ?? usual;
    return apiKey === undefined ? {} : { [engine]: { engine, apiKey, baseUrl, model } };
  };
  return {
    ...vendor('anthropic', 'ANTHROPIC', 'claude-sonnet-5-5'),
    ...vendor('mistral', 'MISTRAL', 'mistral-small-latest'),
  };
}

function readOllama(read: Reader): Known {
  const host = read.url('OLLAMA_HOST', ['http:', 'https:']);
  const model = read.text('OLLAMA_MODEL') ?? 'llama3.1';
  return host === undefined ? {} : { ollama: { engine: 'ollama', host, model } };
}
