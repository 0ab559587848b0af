import type { FeatureBlocks } from '../../../src/analysis/threat/model/linear-model.ts';
import { spamFeatures } from '../../../src/analysis/threat/spam/spam-features.ts';
import { DEFAULT_READ_LIMITS } from '../../../src/mail/parse/read-limits.ts';
import { readMail } from '../../../src/mail/reader/read-mail.ts';
import { readRows, readSource } from '../read-rows.ts';

interface Row {
  readonly id: string;
  readonly label: string;
  readonly subset: string;
}

export interface SpamRow {
  readonly id: string;
  readonly isSpam: boolean;
  readonly isHard: boolean;
  readonly features: FeatureBlocks;
}

/** Ham and spam of one era; phishing rows are of another and would only measure the year. */
export async function readSpamRows(path: string): Promise<SpamRow[]> {
  const { rows, folder } = await readRows<Row>(path);
  const found: SpamRow[] = [];
  for (const { id, label, subset } of rows) {
    if (label !== 'ham' && label !== 'spam') continue;
    const source = await readSource(folder, id);
    const { view, facts } = readMail(source, DEFAULT_READ_LIMITS);
    const features = spamFeatures(view, facts);
    found.push({ id, isSpam: label === 'spam', isHard: subset.startsWith('hard-ham'), features });
  }
  return found;
}
