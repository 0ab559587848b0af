import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { ServiceError } from '../../../domain/service-error.ts';
import type { ExternalTensor } from './onnx-writer.ts';

/** Longer headers name more tensors than a model that embeds has. Bytes. */
const MOST_HEADER = 4 * 1024 * 1024;
const FLOAT_BYTES = 4;

/**
 * The float32 tensors of a safetensors file: 8 bytes of length, a JSON header, then the numbers, little endian, as ONNX
 * wants them (github.com/huggingface/safetensors). Throws InvalidInput for what lies outside of the file.
 */
export async function readSafetensors(path: string): Promise<ExternalTensor[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Number((await readBytes(file, 0, 8)).readBigUInt64LE());
    if (!(length > 0 && length <= MOST_HEADER && 8 + length <= size)) throw broken(path);
    const header: unknown = JSON.parse((await readBytes(file, 8, length)).toString('utf8'));
    if (typeof header !== 'object' || header === null) throw broken(path);
    const start = 8 + length;
    return Object.entries(header).flatMap(([name, tensor]: [string, unknown]) => {
      if (name === '__metadata__' || !isFloat(tensor)) return [];
      const [from, to] = tensor.data_offsets;
      const wanted = tensor.shape.reduce((product, one) => product * one, FLOAT_BYTES);
      if (!(from >= 0 && to - from === wanted && start + to <= size)) throw broken(path);
      return [{ name, shape: tensor.shape, file: basename(path), offset: start + from, length: wanted }];
    });
  } catch (error) {
    throw error instanceof SyntaxError ? broken(path) : error;
  } finally {
    await file.close();
  }
}

async function readBytes(file: Awaited<ReturnType<typeof open>>, at: number, length: number) {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead < length) throw broken('the file');
  return buffer;
}

function isFloat(value: unknown): value is { shape: number[]; data_offsets: [number, number] } {
  if (typeof value !== 'object' || value === null || !('dtype' in value) || value.dtype !== 'F32')
    return false;
  if (!('shape' in value) || !('data_offsets' in value)) return false;
  return isNumbers(value.shape) && isNumbers(value.data_offsets) && value.data_offsets.length === 2;
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);
}

function broken(path: string): ServiceError {
  return new ServiceError('InvalidInput', `${basename(path)} is no whole safetensors file`, {
    fix: 'Fetch it again; it may have been cut off.',
  });
}
