import { createEmbedder } from '../analysis/embedding/create-embedder.ts';
import { ServiceError } from '../domain/service-error.ts';

const SENTENCES = ['The invoice has not been paid yet.', 'Where can I park my car?'];

/** Embeds two sentences with the model in `folder`, as it will be used. Throws InvalidInput with what went wrong. */
export async function tryModel(folder: string): Promise<void> {
  let fault: unknown;
  const embedder = await createEmbedder({
    folder,
    onFault: (error) => {
      fault = error;
    },
  });
  try {
    const [first, second] = await embedder.embed(SENTENCES);
    if (first === undefined || second === undefined) throw refuse(String(fault), fault);
    if (first.every((value, i) => value === second[i])) {
      throw refuse('every text has the same vector: its vocabulary is not that of the model', undefined);
    }
  } finally {
    await embedder.close();
  }
}

function refuse(why: string, cause: unknown): ServiceError {
  return new ServiceError('InvalidInput', `The model does not embed: ${why.slice(0, 300)}`, {
    fix: 'Give a sentence-embedding model with inputs input_ids and attention_mask, and its own tokenizer.',
    cause,
  });
}
