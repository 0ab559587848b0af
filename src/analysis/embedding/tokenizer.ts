import { Tokenizer } from '@huggingface/tokenizers';

/** Longer text is cut before it is split: tokens beyond the model's window would be thrown away. UTF-16 units. */
const UNITS_PER_TOKEN = 12;
/** Runs of letters without a space cost time by their square in some tokenizers. */
const LONGEST_RUN = 100;

export interface TokenizerFiles {
  /** Parsed `tokenizer.json`. */
  readonly definition: object;
  /** Parsed `tokenizer_config.json`. */
  readonly config: object;
}

export type Tokenize = (text: string) => number[];

/** Text to token ids, with the marks of start and end, at most `maxTokens` of them. */
export function createTokenizer({ definition, config }: TokenizerFiles, maxTokens: number): Tokenize {
  const tokenizer = new Tokenizer(definition, config);
  return (text) => {
    const start = text.slice(0, maxTokens * UNITS_PER_TOKEN).replace(/\S{100,}/g, cut);
    const ids = tokenizer.encode(start).ids;
    if (ids.length <= maxTokens) return ids;
    return [...ids.slice(0, maxTokens - 1), ids[ids.length - 1] as number];
  };
}

function cut(run: string): string {
  return run.slice(0, LONGEST_RUN - 1);
}

/** What `tokenizer.json` would say, from the `vocab.txt` of a BERT model, one piece a line. */
export function toBertDefinition(vocabulary: string, lowercase: boolean): object {
  const pieces = vocabulary.split('\n').map((line) => line.replace(/\r$/, ''));
  if (pieces.at(-1) === '') pieces.pop();
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
  const id = (piece: string) => pieces.indexOf(piece);
  const mark = (piece: string) => ({ id: piece, ids: [id(piece)], tokens: [piece] });
  const part = (piece: string) => ({ SpecialToken: { id: piece, type_id: 0 } });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special
      .filter((content) => id(content) >= 0)
      .map((content) => ({
        id: id(content),
        content,
        special: true,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
      })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [part('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, part('[SEP]')],
      pair: [],
      special_tokens: { '[CLS]': mark('[CLS]'), '[SEP]': mark('[SEP]') },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(pieces.map((piece, i) => [piece, i])),
    },
  };
}
