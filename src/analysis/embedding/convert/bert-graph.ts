import type { ExternalTensor, OnnxGraph, OnnxNode } from './onnx-writer.ts';

/** As `config.json` of a Hugging Face model names them. */
export interface BertShape {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly layer_norm_eps: number;
}

/** Far below every score: what is padding gets no attention. */
const MASKED = -10_000;

/**
 * The encoder of BERT (Devlin et al., 2018) as a graph: token ids and mask [batch, tokens] to two vectors a token
 * [batch, tokens, 2 * width]: of the last layer, which tells what a text is about, and of the middle one, which tells
 * how it says so (Tenney et al., 2019). Weights keep their Hugging Face names.
 */
export function bertGraph(shape: BertShape, weights: readonly ExternalTensor[]): OnnxGraph {
  const { hidden_size: width, num_attention_heads: heads } = shape;
  const nodes: OnnxNode[] = [];
  let count = 0;
  const add = (type: string, inputs: readonly string[], attributes?: OnnxNode['attributes']): string => {
    count += 1;
    const output = `${type}_${count}`;
    nodes.push({ type, inputs, output, ...(attributes && { attributes }) });
    return output;
  };
  const norm = (input: string, name: string) =>
    add('LayerNormalization', [input, `${name}.weight`, `${name}.bias`], {
      axis: -1,
      epsilon: { float: shape.layer_norm_eps },
    });
  // On [batch * tokens, width]: the weight stands as [out, in].
  const linear = (input: string, name: string) =>
    add('Gemm', [input, `${name}.weight`, `${name}.bias`], { transB: 1 });

  const size = add('Shape', ['input_ids']);
  const tokens = add('Slice', [size, 'one', 'two']);
  const words = add('Gather', ['embeddings.word_embeddings.weight', 'input_ids']);
  const places = add('Slice', ['embeddings.position_embeddings.weight', 'zero', tokens]);
  const kind = add('Slice', ['embeddings.token_type_embeddings.weight', 'zero', 'one']);
  const start = norm(add('Add', [add('Add', [words, places]), kind]), 'embeddings.LayerNorm');
  const seen = add('Cast', ['attention_mask'], { to: 1 });
  const unseen = add('Sub', ['float_one', add('Unsqueeze', [seen, 'middle_axes'])]);
  const mask = add('Mul', [unseen, 'masked']);
  const split = add('Concat', [size, 'heads'], { axis: 0 });
  const toHeads = (input: string, perm: readonly number[]) =>
    add('Transpose', [add('Reshape', [input, split])], { perm });

  let rows = add('Reshape', [start, 'flat']);
  let middle = rows;
  for (let layer = 0; layer < shape.num_hidden_layers; layer++) {
    const at = `encoder.layer.${layer}`;
    const query = toHeads(linear(rows, `${at}.attention.self.query`), [0, 2, 1, 3]);
    const key = toHeads(linear(rows, `${at}.attention.self.key`), [0, 2, 3, 1]);
    const value = toHeads(linear(rows, `${at}.attention.self.value`), [0, 2, 1, 3]);
    const scores = add('Add', [add('Mul', [add('MatMul', [query, key]), 'scale']), mask]);
    const heard = add('MatMul', [add('Softmax', [scores], { axis: -1 }), value]);
    const joined = add('Reshape', [add('Transpose', [heard], { perm: [0, 2, 1, 3] }), 'flat']);
    const attended = add('Add', [linear(joined, `${at}.attention.output.dense`), rows]);
    const known = norm(attended, `${at}.attention.output.LayerNorm`);
    const wide = add('Gelu', [linear(known, `${at}.intermediate.dense`)]);
    rows = norm(add('Add', [linear(wide, `${at}.output.dense`), known]), `${at}.output.LayerNorm`);
    if (layer + 1 === Math.ceil(shape.num_hidden_layers / 2)) middle = rows;
  }
  const both = add('Concat', [rows, middle], { axis: 1 });
  const output = add('Reshape', [both, add('Concat', [size, 'both_widths'], { axis: 0 })]);
  return {
    inputs: ['input_ids', 'attention_mask'].map((name) => ({ name, shape: ['batch', 'tokens'] })),
    output: { name: output, shape: ['batch', 'tokens', 2 * width] },
    nodes,
    weights,
    integers: {
      zero: [0],
      one: [1],
      two: [2],
      middle_axes: [1, 2],
      flat: [-1, width],
      both_widths: [2 * width],
      heads: [heads, width / heads],
    },
    floats: { float_one: 1, masked: MASKED, scale: 1 / Math.sqrt(width / heads) },
  };
}
