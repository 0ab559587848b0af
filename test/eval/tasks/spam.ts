import { loadSpamModel } from '../../../src/analysis/threat/create-threat-assessor.ts';
import { scoreFeatures } from '../../../src/analysis/threat/model/linear-model.ts';
import type { EvalTask } from '../eval-options.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { readSpamRows } from '../training/read-spam-rows.ts';
import { trainSpamModel } from '../training/train-spam-model.ts';

/** Spam against ham of one era. Without `--train` it is the model that ships which is measured. */
export const task: EvalTask = {
  async run({ train, test }) {
    const model = train === undefined ? loadSpamModel() : trainSpamModel(await readSpamRows(train));
    const rows = (await readSpamRows(test)).map((row) => ({
      ...row,
      score: scoreFeatures(model, row.features),
    }));
    const share = (part: typeof rows) =>
      part.filter(({ score }) => score >= model.threshold).length / part.length;
    const ham = rows.filter(({ isSpam }) => !isSpam);
    return {
      rows: rows.length,
      model: train === undefined ? 'shipped' : 'trained',
      auc: rocAuc(
        rows.map(({ score }) => score),
        rows.map(({ isSpam }) => isSpam),
      ),
      hardHamFpr: share(ham.filter(({ isHard }) => isHard)),
      hamFpr: share(ham),
      recall: share(rows.filter(({ isSpam }) => isSpam)),
      threshold: model.threshold,
    };
  },
};
