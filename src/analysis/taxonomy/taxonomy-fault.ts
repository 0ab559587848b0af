/** One fault of a taxonomy file. `path` leads to the value: `['categories', 3, 'priority']`. */
export interface TaxonomyFault {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}
