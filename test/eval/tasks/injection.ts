import { loadInjectionModel } from '../../../src/analysis/threat/create-threat-assessor.ts';
import { scoreInjection } from '../../../src/analysis/threat/injection/detect-injection.ts';
import type { LinearModel } from '../../../src/analysis/threat/model/linear-model.ts';
import type { EvalTask } from '../eval-options.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { type InjectionRow, readInjectionRows } from '../training/read-injection-rows.ts';
import { splitRows } from '../training/split-rows.ts';
import { FALSE_POSITIVE_SHARE, trainInjectionModel } from '../training/train-injection-model.ts';

const FOLDS = 5;

interface Judged extends InjectionRow {
  readonly score: number;
  readonly isFlagged: boolean;
}

/**
 * Orders to a model, planted in mail (`email`) or given to it directly (`prompt`). The main figures are those of mail:
 * that is what arrives here. Without `--train` the model that ships is measured; where `--train` and `--test` are the
 * same rows, each is judged by a model that saw no order of its kind.
 */
export const task: EvalTask = {
  async run({ train, test, seed }) {
    const rows = await judgeRows(await readInjectionRows(test), train, test, seed);
    const share = (part: readonly Judged[]) => part.filter(({ isFlagged }) => isFlagged).length / part.length;
    const figures = (part: readonly Judged[]) => ({
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
    const model = train === undefined ? 'shipped' : train === test ? 'cross-fitted by kind' : 'trained';
    return { model, ...email, byShape: { email, prompt }, all: figures(rows) };
  },
};

async function judgeRows(
  rows: readonly InjectionRow[],
  train: string | undefined,
  test: string,
  seed: number,
): Promise<Judged[]> {
  const learn = (known: readonly InjectionRow[]) => trainInjectionModel(known, [], [], FALSE_POSITIVE_SHARE);
  if (train !== test) {
    const model = train === undefined ? loadInjectionModel() : learn(await readInjectionRows(train));
    return rows.map((row) => judge(row, model));
  }
  return splitRows(rows, FOLDS, ({ id, kind }) => kind ?? id, seed).flatMap(({ known, held }) => {
    const model = learn(known);
    return held.map((row) => judge(row, model));
  });
}

function judge(row: InjectionRow, model: LinearModel): Judged {
  const score = scoreInjection(model, row.text);
  return { ...row, score, isFlagged: score >= model.threshold };
}
