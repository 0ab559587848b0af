import type { MimePart } from './mime-part.ts';
import { prepareSource } from './prepare-source.ts';
import type { ReadLimits } from './read-limits.ts';
import { splitParts } from './split-parts.ts';
import { createWarnings, type Warnings } from './warnings.ts';

/** One source as its MIME tree, and what was found amiss so far. */
export interface SplitMessage {
  readonly root: MimePart;
  readonly warnings: Warnings;
}

/** Throws `ServiceError('InvalidInput')` for bytes that are no message at all. */
export function splitMessage(raw: Uint8Array, limits: ReadLimits): SplitMessage {
  const warnings = createWarnings();
  return { root: splitParts(prepareSource(raw, limits, warnings), limits, warnings), warnings };
}
