import { loadInjectionModel } from '../../../src/analysis/threat/create-threat-assessor.ts';
import { scoreInjection } from '../../../src/analysis/threat/injection/detect-injection.ts';
import type { EvalTask } from '../eval-options.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { readInjectionRows } from '../training/read-injection-rows.ts';
import { FALSE_POSITIVE_SHARE, trainInjectionModel } from '../training/train-injection-model.ts';

/**
 * Orders to a model, planted in mail (`email`) or given to it directly (`prompt`). The main figures are those of mail:
 * that is what arrives here. Without `--train` the model that ships is measured.
 */
export const task: EvalTask = {
  async run({ train, test }) {
    const model =
      train === undefined
        ? loadInjectionModel()
        : trainInjectionModel(await readInjectionRows(train), [], FALSE_POSITIVE_SHARE);
    const rows = (await readInjectionRows(test)).map((row) => ({
      ...row,
      score: scoreInjection(model, row.text),
    }));
    const share = (part: typeof rows) =>
      part.filter(({ score }) => score >= model.threshold).length / part.length;
    const figures = (part: typeof rows) => ({
      rows: part.length,
      blockRate: share(part.filter(({ isInjection }) => isInjection)),
      falsePositiveRate: share(part.filter(({ isInjection }) => !isInjection)),
      auc: rocAuc(
        part.map(({ score }) => score),
        part.map(({ isInjection }) => isInjection),
      ),
    });
    const email = figures(rows.filter(({ shape }) => shape === 'email'));
    const prompt = figures(rows.filter(({ shape }) => shape === 'prompt'));
    return {
      model: train === undefined ? 'shipped' : 'trained',
      ...email,
      threshold: model.threshold,
      byShape: { email, prompt },
      all: figures(rows),
    };
  },
};
