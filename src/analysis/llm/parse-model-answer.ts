import { ServiceError } from '../../domain/service-error.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import { createModelAnswerSchema, type ModelAnswer } from './model-answer.ts';

/** Reads a model's text. Throws `OutputInvalid` when it is no JSON or does not fit; the text itself is never quoted. */
export function parseModelAnswer(text: string, taxonomy: Taxonomy): ModelAnswer {
  const checked = createModelAnswerSchema(taxonomy).safeParse(parseJson(text));
  if (checked.success) return checked.data;
  const where = checked.error.issues.map((issue) => issue.path.join('.') || 'answer').slice(0, 5);
  throw new ServiceError('OutputInvalid', 'The model answered outside the agreed form', {
    fix: 'It is asked again; when that fails too, the local reading stands and a person decides.',
    details: { where: [...new Set(where)].join(', ') },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the answer, and with it the mail.
    throw new ServiceError('OutputInvalid', 'The model answered with text that is no JSON', {
      details: { length: text.length },
    });
  }
}
