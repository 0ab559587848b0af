import { loadSpamModel } from '../../../src/analysis/threat/create-threat-assessor.ts';
import { type LinearModel, scoreFeatures } from '../../../src/analysis/threat/model/linear-model.ts';
import type { EvalTask } from '../eval-options.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { readSpamRows, type SpamRow } from '../training/read-spam-rows.ts';
import { splitRows } from '../training/split-rows.ts';
import { trainSpamModel } from '../training/train-spam-model.ts';

const FOLDS = 5;

interface Judged extends SpamRow {
  readonly score: number;
  readonly isFlagged: boolean;
}

/**
 * Spam against ham of one era. Without `--train` it is the model that ships which is measured; where `--train` and
 * `--test` are the same rows, each is judged by a model, and a threshold, that never saw it.
 */
export const task: EvalTask = {
  async run({ train, test, seed }) {
    const rows = await readSpamRows(test);
    const judged = await judgeRows(rows, train, test, seed);
    const share = (part: readonly Judged[]) => part.filter(({ isFlagged }) => isFlagged).length / part.length;
    const ham = judged.filter(({ isSpam }) => !isSpam);
    return {
      rows: rows.length,
      model: train === undefined ? 'shipped' : train === test ? 'cross-fitted' : 'trained',
      auc: rocAuc(
        judged.map(({ score }) => score),
        judged.map(({ isSpam }) => isSpam),
      ),
      hardHamFpr: share(ham.filter(({ isHard }) => isHard)),
      hamFpr: share(ham),
      recall: share(judged.filter(({ isSpam }) => isSpam)),
    };
  },
};

async function judgeRows(
  rows: readonly SpamRow[],
  train: string | undefined,
  test: string,
  seed: number,
): Promise<Judged[]> {
  if (train !== test) {
    const model = train === undefined ? loadSpamModel() : trainSpamModel(await readSpamRows(train));
    return rows.map((row) => judge(row, model));
  }
  return splitRows(rows, FOLDS, undefined, seed).flatMap(({ known, held }) => {
    const model = trainSpamModel(known);
    return held.map((row) => judge(row, model));
  });
}

function judge(row: SpamRow, model: LinearModel): Judged {
  const score = scoreFeatures(model, row.features);
  return { ...row, score, isFlagged: score >= model.threshold };
}
