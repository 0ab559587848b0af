import { createLocalEngine } from '../../../src/analysis/local/create-local-engine.ts';
import { loadTaxonomy } from '../../../src/analysis/taxonomy/load-taxonomy.ts';
import type { Summary } from '../../../src/domain/analysis.ts';
import { DEFAULT_READ_LIMITS } from '../../../src/mail/parse/read-limits.ts';
import { readMessage } from '../../../src/mail/parse/read-message.ts';
import type { EvalTask } from '../eval-options.ts';
import { meanRouge, scoreRouge } from '../metrics/rouge.ts';
import { readRows } from '../read-rows.ts';

/** One mail and the subject lines that people gave it: measures the summary's line. */
interface MailRow {
  readonly body: string;
  readonly human_subjects: readonly string[];
}

/** A thread and the summaries that people wrote of it: measures line and points of its messages, in order. */
interface ThreadRow {
  readonly subject: string;
  readonly messages: readonly { readonly sentences: readonly { readonly text: string }[] }[];
  readonly annotations: readonly { readonly summary: readonly { readonly text: string }[] }[];
}

const engine = createLocalEngine(loadTaxonomy());

/**
 * ROUGE F1 of the local summary. `rouge1`, `rouge2` and `rougeL` take the reference that fits best; `mean` averages over
 * the references. The format is told by the keys of the first row.
 */
export const task: EvalTask = {
  async run({ test }) {
    const { rows } = await readRows<MailRow | ThreadRow>(test);
    const scores = await Promise.all(rows.map(scoreRow));
    const format = rows[0] !== undefined && 'messages' in rows[0] ? 'threads' : 'mails';
    return {
      rows: rows.length,
      format,
      references: 'best',
      ...meanRouge(scores.map(({ best }) => best)),
      mean: meanRouge(scores.map(({ mean }) => mean)),
    };
  },
};

async function scoreRow(row: MailRow | ThreadRow) {
  if (!('messages' in row)) return scoreRouge((await summarize('', row.body)).line, row.human_subjects);
  const references = row.annotations.map(({ summary }) => summary.map(({ text }) => text).join(' '));
  return scoreRouge(await summarizeThread(row), references);
}

async function summarizeThread({ subject, messages }: ThreadRow): Promise<string> {
  const summaries = await Promise.all(
    messages.map(({ sentences }) => summarize(subject, sentences.map(({ text }) => text).join('\n'))),
  );
  return summaries
    .flatMap(({ line, points }) => (points.length === 0 ? [line] : points.map(({ text }) => text)))
    .join(' ');
}

/** Read from a MIME source, as every message is. The true subject of a mail is not shown: people had to guess it. */
async function summarize(subject: string, text: string): Promise<Summary> {
  const head = `From: sender@example.com\r\nSubject: ${subject.replace(/\s+/g, ' ')}\r\n`;
  const source = `${head}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`;
  return engine.summarize(await readMessage(Buffer.from(source), DEFAULT_READ_LIMITS));
}
