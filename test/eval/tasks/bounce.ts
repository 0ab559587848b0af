import type { BouncedRecipient } from '../../../src/domain/bounce.ts';
import type { AutomaticVerdict } from '../../../src/domain/message.ts';
import { DEFAULT_READ_LIMITS } from '../../../src/mail/parse/read-limits.ts';
import { readMessage } from '../../../src/mail/parse/read-message.ts';
import type { EvalTask } from '../eval-options.ts';
import { scoreLabels } from '../metrics/macro-f1.ts';
import { readRows, readSource } from '../read-rows.ts';

interface ExpectedRecipient {
  readonly status: string;
  readonly reason: string;
  readonly hard: boolean;
}

interface Row {
  readonly id: string;
  readonly kind: 'bounce' | 'normal' | 'feedback-report' | 'autoreply';
  readonly expected?: readonly ExpectedRecipient[] | null;
}

interface Judged {
  readonly row: Row;
  readonly verdict: AutomaticVerdict;
}

interface Pair {
  readonly want: ExpectedRecipient;
  readonly got: BouncedRecipient | undefined;
}

/**
 * Bounces among normal mail, complaints and auto-replies. Recipients are compared in the report's order; one that
 * was not found counts as wrong in status, reason and hard.
 */
export const task: EvalTask = {
  async run({ test }) {
    const { rows, folder } = await readRows<Row>(test);
    const judged: Judged[] = [];
    for (const row of rows) {
      const { automatic } = await readMessage(await readSource(folder, row.id), DEFAULT_READ_LIMITS);
      judged.push({ row, verdict: automatic });
    }
    const pairs = judged.flatMap(toPairs);
    const reasons = scoreLabels(
      pairs.map(({ want }) => want.reason),
      pairs.map(({ got }) => got?.reason ?? 'missing'),
    );
    return {
      n: rows.length,
      recall: shareOf(judged, 'bounce', ({ kind }) => kind === 'bounce'),
      falseAlarms: shareOf(judged, 'normal', ({ kind }) => kind === 'bounce'),
      recipients: pairs.length,
      status: share(pairs, ({ want, got }) => got?.status === want.status),
      reason: reasons.accuracy,
      reasonMacroF1: reasons.macroF1,
      hard: share(pairs, ({ want, got }) => got?.hard === want.hard),
      counts: share(
        judged.filter(({ row }) => row.kind === 'bounce' && row.expected?.length),
        ({ row, verdict }) => verdict.bounce?.recipients.length === row.expected?.length,
      ),
      feedback: shareOf(judged, 'feedback-report', ({ feedback }) => feedback !== undefined),
      autoReplies: shareOf(judged, 'autoreply', ({ kind }) => kind === 'auto-reply'),
    };
  },
};

function toPairs({ row, verdict }: Judged): Pair[] {
  if (row.kind !== 'bounce') return [];
  return (row.expected ?? []).map((want, index) => ({ want, got: verdict.bounce?.recipients[index] }));
}

function shareOf(
  judged: readonly Judged[],
  kind: Row['kind'],
  holds: (verdict: AutomaticVerdict) => boolean,
): number {
  return share(
    judged.filter(({ row }) => row.kind === kind),
    ({ verdict }) => holds(verdict),
  );
}

function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / Math.max(1, items.length);
}
