import protobuf from 'protobufjs/minimal.js';

/** Where the numbers of a tensor lie in a file beside the model: nothing is copied. Bytes. */
export interface ExternalTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  /** Whole numbers only; a number with a fraction must be given as `{ float }`. */
  readonly attributes?: Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;
}

export interface OnnxGraph {
  readonly inputs: readonly { readonly name: string; readonly shape: readonly string[] }[];
  readonly output: { readonly name: string; readonly shape: readonly (string | number)[] };
  readonly nodes: readonly OnnxNode[];
  readonly weights: readonly ExternalTensor[];
  /** Whole-number constants of one dimension. */
  readonly integers: Readonly<Record<string, readonly number[]>>;
  /** Constants without a dimension. */
  readonly floats: Readonly<Record<string, number>>;
}

type Writer = protobuf.Writer;

const FLOAT = 1;
const INT64 = 7;
const EXTERNAL = 1;
/** What the fields mean: onnx.proto of ONNX 1.15 (IR version 9, operators of set 20). */
const IR_VERSION = 9;
const OPERATOR_SET = 20;
const ATTRIBUTE_TYPES = { float: 1, integer: 2, integers: 7 };

/** The bytes of a `ModelProto`. */
export function writeOnnx(graph: OnnxGraph): Uint8Array {
  const writer = protobuf.Writer.create();
  number(writer, 1, IR_VERSION);
  text(writer, 2, 'mailroom');
  message(writer, 7, (body) => writeGraph(body, graph));
  message(writer, 8, (body) => number(body, 2, OPERATOR_SET));
  return writer.finish();
}

function writeGraph(writer: Writer, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(writer, 1, (body) => writeNode(body, node));
  text(writer, 2, 'embedding');
  for (const weight of graph.weights) message(writer, 5, (body) => writeExternal(body, weight));
  for (const [name, values] of Object.entries(graph.integers)) {
    const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
    message(writer, 5, (body) => writeConstant(body, { name, shape: [values.length], type: INT64, raw }));
  }
  for (const [name, value] of Object.entries(graph.floats)) {
    const raw = new Uint8Array(Float32Array.of(value).buffer);
    message(writer, 5, (body) => writeConstant(body, { name, shape: [], type: FLOAT, raw }));
  }
  for (const { name, shape } of graph.inputs)
    message(writer, 11, (body) => writeValue(body, name, INT64, shape));
  message(writer, 12, (body) => writeValue(body, graph.output.name, FLOAT, graph.output.shape));
}

function writeNode(writer: Writer, { type, inputs, output, attributes = {} }: OnnxNode): void {
  for (const input of inputs) text(writer, 1, input);
  text(writer, 2, output);
  text(writer, 4, type);
  for (const [name, value] of Object.entries(attributes)) {
    message(writer, 5, (body) => {
      text(body, 1, name);
      if (typeof value === 'number') number(body, 3, value);
      else if ('float' in value) body.uint32((2 << 3) | 5).float(value.float);
      else for (const one of value) number(body, 8, one);
      const kind = typeof value === 'number' ? 'integer' : 'float' in value ? 'float' : 'integers';
      number(body, 20, ATTRIBUTE_TYPES[kind]);
    });
  }
}

function writeExternal(writer: Writer, { name, shape, file, offset, length }: ExternalTensor): void {
  for (const size of shape) number(writer, 1, size);
  number(writer, 2, FLOAT);
  text(writer, 8, name);
  for (const [key, value] of Object.entries({ location: file, offset, length })) {
    message(writer, 13, (body) => {
      text(body, 1, key);
      text(body, 2, String(value));
    });
  }
  number(writer, 14, EXTERNAL);
}

function writeConstant(
  writer: Writer,
  constant: { name: string; shape: readonly number[]; type: number; raw: Uint8Array },
): void {
  for (const size of constant.shape) number(writer, 1, size);
  number(writer, 2, constant.type);
  text(writer, 8, constant.name);
  writer.uint32((9 << 3) | 2).bytes(constant.raw);
}

function writeValue(writer: Writer, name: string, type: number, shape: readonly (string | number)[]): void {
  text(writer, 1, name);
  message(writer, 2, (value) =>
    message(value, 1, (tensor) => {
      number(tensor, 1, type);
      message(tensor, 2, (dimensions) => {
        for (const size of shape)
          message(dimensions, 1, (one) =>
            typeof size === 'number' ? number(one, 1, size) : text(one, 2, size),
          );
      });
    }),
  );
}

function number(writer: Writer, field: number, value: number): void {
  writer.uint32(field << 3).int64(value);
}

function text(writer: Writer, field: number, value: string): void {
  writer.uint32((field << 3) | 2).string(value);
}

function message(writer: Writer, field: number, write: (body: Writer) => void): void {
  writer.uint32((field << 3) | 2).fork();
  write(writer);
  writer.ldelim();
}
