/** The reason of an account that was removed, by what becomes of its data. */
export const REMOVAL_REASONS = {
  keep: 'Removed; its mail was kept',
  delete: 'Removed; its data are being deleted',
} as const;
