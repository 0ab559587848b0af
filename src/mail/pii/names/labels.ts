/** What a token can be. B- begins a name, I- goes on; 0 is no name. */
export const NAME_KINDS = [
  'person',
  'address',
  'location',
  'organization',
  'date',
  'age',
  'title',
  'group',
] as const;
export const LABELS = 1 + 2 * NAME_KINDS.length;
