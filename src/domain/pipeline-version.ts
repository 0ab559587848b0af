/** Raise it when the same message may be read, routed or decided differently for a reason that no other version tells. */
export const PIPELINE_VERSION = '2';
