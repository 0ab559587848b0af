import { createHash } from 'node:crypto';
import type { Provenance } from '../../domain/analysis.ts';
import type { Prompt } from '../llm/prompt.ts';

/** Our own marks around the mail, and the time of day: neither changes what a mail wants. */
const MARK = /mail-[0-9a-f]{16}/g;
const TIME_OF_DATE = /^(Date: \d{4}-\d\d-\d\d)T[0-9:.]{1,20}Z$/gm;

/**
 * SHA-256, in hex, of what the model is shown and of every version that shapes its answer. Personal data is as the
 * prompt has it: redacted there, redacted here. Line ends, runs of blanks and Unicode forms do not count.
 */
export function toAnswerKey(prompt: Prompt, provenance: Provenance): string {
  const content = prompt.user
    .normalize('NFC')
    .replace(MARK, 'mail')
    .replace(TIME_OF_DATE, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  const versions = [
    provenance.engine,
    provenance.engineVersion,
    provenance.model,
    provenance.promptVersion,
    provenance.taxonomyVersion,
    provenance.ruleVersion,
    provenance.pipelineVersion,
  ];
  // The system text holds the taxonomy's words: an edited description is another question.
  return createHash('sha256')
    .update(JSON.stringify([versions, prompt.system, content]))
    .digest('hex');
}
