/** Everything that a model has to put into its answer, in this order. */
export const ANSWER_FIELDS = [
  'category',
  'category_reason',
  'alternatives',
  'labels',
  'needs_action',
  'priority',
  'priority_reason',
  'line',
  'points',
  'suspicious',
  'suspicion_reason',
] as const;
