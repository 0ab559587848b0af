import { readReply } from '../../../src/mail/parse/reply/read-reply.ts';
import type { EvalTask } from '../eval-options.ts';
import { readRows } from '../read-rows.ts';

interface Row {
  readonly id: string;
  readonly sender?: string;
  readonly lines: readonly string[];
  readonly line_labels: readonly ('body' | 'sig')[];
}

/** Lines of closings and signatures, found against labelled. */
export const task: EvalTask = {
  async run({ test }) {
    const { rows } = await readRows<Row>(test);
    let hits = 0;
    let found = 0;
    let wanted = 0;
    for (const row of rows) {
      const labels = findLabels(row);
      for (const [i, label] of row.line_labels.entries()) {
        if (label === 'sig') wanted++;
        if (labels[i] === true) found++;
        if (label === 'sig' && labels[i] === true) hits++;
      }
    }
    const precision = hits / Math.max(1, found);
    const recall = hits / Math.max(1, wanted);
    return { n: rows.length, f1: (2 * hits) / Math.max(1, found + wanted), precision, recall };
  },
};

/** For each line whether it signs; the parts cover the text line by line. */
function findLabels({ lines, sender = '' }: Row): boolean[] {
  const { parts } = readReply(lines.map((line) => line.replace(/\n/g, ' ')).join('\n'), { sender });
  return parts.flatMap(({ kind, text }) => {
    const signs = kind === 'thanks' || kind === 'farewell' || kind === 'signature';
    return text.split('\n').map((line) => signs && line.trim() !== '');
  });
}
